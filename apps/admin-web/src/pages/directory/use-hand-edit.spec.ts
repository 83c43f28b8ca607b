import { resumed } from './use-hand-edit';

it('goes on from what stands by now, but for what was touched', () => {
  const before = { email: 'a@x.org', status: 'active', phone: '1', custom: [{ name: 'floor', text: '1' }] };
  const now = { email: 'b@x.org', status: 'disabled', phone: '2', custom: [{ name: 'desk', text: '7' }] };
  expect(resumed({ before, draft: { ...before, phone: '9' } }, now)).toEqual({
    before: { ...now, phone: '1' },
    draft: { ...now, phone: '9' },
  });
  expect(resumed({ before, draft: before }, now)).toEqual({ before: now, draft: now });
});
