import { Injectable } from '@nestjs/common';
import { AdapterOptions } from '../adapters/adapter-options';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { SecretBox } from '../secrets/secret-box';

/** The options of targets. */
@Injectable()
export class TargetOptions extends AdapterOptions {
  constructor(registry: AdapterRegistry, box: SecretBox) {
    super('target', registry, box);
  }
}
