import { Injectable } from '@nestjs/common';
import { type Adapter, type Messages, translateMessage } from '@rollcall/core';
import { RECORD_MESSAGES } from '../engine/record-messages';
import { OUTBOUND_MESSAGES } from '../outbound/messages';
import { ADAPTER_MESSAGES } from './adapter-messages';
import { AdapterRegistry } from './adapter-registry';

/** A text in other languages, by language tag. */
export type Texts = Record<string, string>;

/**
 * Says what adapters say, the calls that are made for them, and the service of adapters and of single records, in the other
 * languages. Who said it does not matter: a sentence that two of them know means the same.
 */
@Injectable()
export class MessageTexts {
  private readonly messages: ReadonlyMap<string, Messages>;

  constructor(registry: AdapterRegistry) {
    const adapters: Adapter[] = [...registry.sources(), ...registry.targets()];
    const languages = new Map<string, Messages>();
    for (const own of [OUTBOUND_MESSAGES, RECORD_MESSAGES, ADAPTER_MESSAGES]) {
      for (const [language, messages] of Object.entries(own)) {
        languages.set(language, { ...languages.get(language), ...messages });
      }
    }
    for (const { texts = {} } of adapters) {
      for (const [language, { messages }] of Object.entries(texts)) {
        languages.set(language, { ...languages.get(language), ...messages });
      }
    }
    this.messages = languages;
  }

  /** Undefined: no language knows any of it. */
  of(message: string): Texts | undefined {
    const texts: Texts = {};
    for (const [language, messages] of this.messages) {
      const text = translateMessage(messages, message);
      if (text !== undefined) texts[language] = text;
    }
    return Object.keys(texts).length > 0 ? texts : undefined;
  }
}
