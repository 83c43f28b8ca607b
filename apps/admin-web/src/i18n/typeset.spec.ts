import { typeset } from './typeset';

test('no line of a French text ends before a mark, or within quotes', () => {
  expect(typeset('fr', 'Voyez « crm » : pourquoi ? Plus de 10 %.')).toBe(
    'Voyez «\u00a0crm\u00a0»\u00a0: pourquoi\u00a0? Plus de 10\u00a0%.',
  );
  expect(typeset('fr-CA', 'l’heure 14:30 de a:b')).toBe('l’heure 14:30 de a:b');
});

test('texts of other languages stay as they are', () => {
  expect(typeset('en', 'What : no')).toBe('What : no');
});
