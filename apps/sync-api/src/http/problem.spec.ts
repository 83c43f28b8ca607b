import { HttpException } from '@nestjs/common';
import { ERROR_POLICY, RollcallError } from '@rollcall/core';
import { problemOf, toRollcallError } from './problem';

function sqlError(code: string, message = 'as Postgres says it'): Error {
  return Object.assign(new Error(message), { code });
}

test.each<[string, unknown, string]>([
  ['one of ours', new RollcallError('task_not_held', 'It is not held.'), 'task_not_held'],
  [
    'one of another copy of core',
    Object.assign(new Error('x'), { name: 'RollcallError', code: 'conflict' }),
    'conflict',
  ],
  ['one that only pretends', Object.assign(new Error('x'), { name: 'RollcallError', code: 'constructor' }), 'internal'],
  ['of Nest', new HttpException('No.', 418), 'invalid_request'],
  ['of Nest about itself', new HttpException('secret detail', 502), 'internal'],
  ['a Postgres that shuts down', sqlError('57P01'), 'unavailable'],
  ['a Postgres that starts', sqlError('57P03'), 'unavailable'],
  ['a statement that was broken off', sqlError('57014'), 'unavailable'],
  ['a Postgres that is full', sqlError('53300'), 'unavailable'],
  ['a connection that was refused', sqlError('ECONNREFUSED'), 'unavailable'],
  ['a socket that is gone', Object.assign(sqlError('ENOENT'), { syscall: 'connect' }), 'unavailable'],
  ['a file that is gone', Object.assign(sqlError('ENOENT'), { syscall: 'open' }), 'internal'],
  ['a connection that ended', new Error('Connection terminated unexpectedly'), 'unavailable'],
  ['a mistake in SQL', sqlError('42601'), 'internal'],
  ['a text with a NUL', sqlError('22021'), 'invalid_request'],
  ['an overflowing stack', new RangeError('Maximum call stack size exceeded'), 'internal'],
  ['something that is no error', 'thrown text', 'internal'],
  ['nothing', undefined, 'internal'],
])('%s becomes the right code', (_what, thrown, code) => {
  const problem = problemOf(toRollcallError(thrown), 'id');
  expect(problem).toMatchObject({ code, status: ERROR_POLICY[problem.code].status, requestId: 'id' });
  if (code === 'internal') expect(problem.detail).not.toMatch(/secret|Postgres|stack/);
});

test('an answer while Postgres is away says when to try again', () => {
  expect(toRollcallError(sqlError('57P01')).retryAfter).toBeGreaterThan(0);
});
