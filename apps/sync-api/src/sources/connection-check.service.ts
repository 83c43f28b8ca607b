import { Injectable } from '@nestjs/common';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { ConnectionCheck } from '../adapters/connection-check';
import { MessageTexts } from '../adapters/message-texts';
import { SourceOptions } from './source-options';

/** Tries the options of sources. */
@Injectable()
export class ConnectionCheckService extends ConnectionCheck {
  constructor(registry: AdapterRegistry, options: SourceOptions, contexts: AdapterContexts, texts: MessageTexts) {
    super('source', registry, options, contexts, texts);
  }
}
