import { Injectable } from '@nestjs/common';
import { type Adapter, type Messages, translateMessage } from '@rollcall/core';
import { OUTBOUND_MESSAGES } from '../outbound/messages';
import { AdapterRegistry } from './adapter-registry';

/** A text in other languages, by language tag. */
export type Texts = Record<string, string>;

/**
 * Says what adapters say, and the calls that are made for them, in the other languages that they speak. Which of them said it does not matter: a sentence that
 * two of them know means the same.
 */
@Injectable()
export class MessageTexts {
  private readonly messages: ReadonlyMap<string, Messages>;

  constructor(registry: AdapterRegistry) {
    const adapters: Adapter[] = [...registry.sources(), ...registry.targets()];
    const languages = new Map<string, Messages>(Object.entries(OUTBOUND_MESSAGES));
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
