import { messagesIn } from '../message-table';
import { untranslated } from './untranslated';

const said = messagesIn(['fr', 'zh-CN'], {
  'The {list} is empty.': ['La {list} est vide.', '{list}为空。'],
  'list of the people': ['liste des personnes', '人员列表'],
});

test('nothing is left of what is translated, with what stands in it', () => {
  expect(untranslated(said, 'The list of the people is empty. The list of the people is empty.')).toEqual({});
});

test('what no language knows is left as it is', () => {
  expect(untranslated(said, 'Gone.')).toEqual({ fr: 'Gone.', 'zh-CN': 'Gone.' });
});

test('a sentence beside one that is known is found, and so is a value', () => {
  const { fr, ...others } = untranslated(said, 'The list of the people is empty. Nobody is in it.');
  expect([fr, others]).toEqual(['Nobody is in', { 'zh-CN': 'Nobody is in' }]);
  expect(
    untranslated({ fr: { 'The {list} is empty.': 'La {list} est vide.' } }, 'The list of the people is empty.'),
  ).toEqual({ fr: 'list of the' });
});
