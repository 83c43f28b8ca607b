import { Injectable } from '@nestjs/common';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { ConnectionCheck } from '../adapters/connection-check';
import { TargetOptions } from './target-options';

/** Tries the options of targets. */
@Injectable()
export class TargetCheckService extends ConnectionCheck {
  constructor(registry: AdapterRegistry, options: TargetOptions) {
    super('target', registry, options);
  }
}
