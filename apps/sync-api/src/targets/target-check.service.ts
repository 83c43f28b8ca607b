import { Injectable } from '@nestjs/common';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { ConnectionCheck } from '../adapters/connection-check';
import { MessageTexts } from '../adapters/message-texts';
import { TargetOptions } from './target-options';

/** Tries the options of targets. */
@Injectable()
export class TargetCheckService extends ConnectionCheck {
  constructor(registry: AdapterRegistry, options: TargetOptions, contexts: AdapterContexts, texts: MessageTexts) {
    super('target', registry, options, contexts, texts);
  }
}
