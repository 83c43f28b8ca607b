import { untranslated } from '@rollcall/core/testing';
import { MESSAGES } from './messages';

describe('what a read says is said in all languages', () => {
  it.each([
    'The answer of hr.example has nothing where the records should be. Correct the expression, or put [] behind it when it may find a single one.',
    'The answer of hr.example has no list where the records should be. Correct the expression, or put [] behind it when it may find a single one.',
    'The expression cannot be used: it cannot be worked out.',
    'The expression cannot be used: it cannot be worked out at character 5.',
    'The expression cannot be used: it cannot be worked out at character 5 (D3030).',
    'The expression cannot be used: it cannot be worked out (D3030).',
    'The expression cannot be used: with [ ] around it, an answer without the list looks like an empty one; write items[] instead of [items], or ask first whether $exists(items).',
    'The answer of hr.example is text neither in UTF-8 nor in a charset that its Content-Type names.',
    'What the expressions make of the answer is too large.',
    'What the expressions make of the answer is too large or nested too deeply.',
    'users: the answer of hr.example says that there is more, and not where.',
    'users: the answer of hr.example says that there is more, and sends nothing.',
    'users: the answer of hr.example does not say true or false where it should say whether there is more.',
    'users: the answer of hr.example has no number where it should say how many there are.',
    'users: the answer of hr.example has no text where the mark for the next page should be.',
    'users: the answer of hr.example has no address where that of the next page should be.',
    'users: the answer of hr.example sends to another host for the next page.',
    'users: the answer of hr.example has a Link header that cannot be read.',
  ])('%s', (message) => expect(untranslated(MESSAGES, message)).toEqual({}));
});
