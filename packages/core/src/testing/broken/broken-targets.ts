import { RollcallError } from '../../errors';
import type { RemoteTargetAdapter } from '../../target';
import type { CompanyOptions } from '../company/company-source';
import { companyTarget, CompanyWriter } from '../company/company-target';
import { STRANGER } from '../company/company-server';

/** A target that breaks one promise. */
export interface BrokenTarget {
  what: string;
  adapter: () => RemoteTargetAdapter<CompanyOptions>;
  caughtBy: string;
  also?: readonly string[];
}

const withSteps =
  (steps: (good: CompanyWriter) => Partial<CompanyWriter>): (() => RemoteTargetAdapter<CompanyOptions>) =>
  () => {
    const good = new CompanyWriter();
    return companyTarget(Object.assign(Object.create(good) as CompanyWriter, steps(good)));
  };

export const BROKEN_TARGETS: readonly BrokenTarget[] = [
  {
    what: 'a new resource each time',
    adapter: withSteps((good) => ({
      send: (method, change, context, body) =>
        good.send(method === 'PUT' && change.action === 'create' ? 'POST' : method, change, context, body),
    })),
    caughtBy: 'again',
  },
  {
    what: 'a refused record that ends the batch',
    adapter: withSteps(() => ({
      refusal: () => {
        throw new RollcallError('rejected_by_target', 'The directory refuses the record.');
      },
    })),
    caughtBy: 'one-refused',
  },
  {
    what: 'a refused record that counts as applied',
    adapter: withSteps(() => ({ refusal: (recordId) => ({ recordId }) })),
    caughtBy: 'one-refused',
  },
  {
    what: 'a failure for whoever is not there',
    adapter: withSteps(() => ({
      absent: (recordId, action) => ({
        recordId,
        ...(action === 'delete' && { failure: { code: 'rejected_by_target', message: 'There is nobody.' } as const }),
      }),
    })),
    caughtBy: 'absent',
    also: ['deletes'],
  },
  {
    what: 'cleared fields that stay',
    adapter: withSteps(() => ({ values: ({ payload }) => ({ ...payload }) })),
    caughtBy: 'updates',
  },
  {
    what: 'a resource by uid, so that a rename makes another one',
    adapter: withSteps((good) => ({
      write: (change, context) =>
        good.write(change.changed?.includes('uid') ? { ...change, resourceKey: `u-${change.uid}` } : change, context),
    })),
    caughtBy: 'renames',
  },
  {
    what: 'uids that are unique at every moment, so that two cannot exchange theirs',
    adapter: withSteps((good) => {
      const uids = new Map<number, string>();
      return {
        write: (change, context) => {
          const taken = [...uids].some(([id, uid]) => id !== change.recordId && uid === change.uid);
          if (taken) return good.write({ ...change, payload: { nickname: 'refuse me' }, changed: null }, context);
          if (change.action === 'delete') uids.delete(change.recordId);
          else uids.set(change.recordId, change.uid);
          return good.write(change, context);
        },
      };
    }),
    caughtBy: 'renames',
  },
  {
    what: 'disabling without effect',
    adapter: withSteps((good) => ({
      write: (change, context) =>
        good.write(change.action === 'disable' ? { ...change, action: 'update' } : change, context),
    })),
    caughtBy: 'disables',
  },
  {
    what: 'disabling that forgets what changed beside it',
    adapter: withSteps((good) => ({
      values: (change) => (change.action === 'disable' ? {} : good.values(change)),
    })),
    caughtBy: 'disables',
  },
  {
    what: 'the new ones always enabled',
    adapter: withSteps((good) => ({
      write: (change, context) =>
        good.write(
          change.action === 'create' ? { ...change, payload: { ...change.payload, isDisabled: false } } : change,
          context,
        ),
    })),
    caughtBy: 'creates-disabled',
  },
  {
    what: 'no room for whom it did not make',
    adapter: withSteps((good) => ({
      async *applyRows(changes, context) {
        await good.send('DELETE', { ...changes[0]!, resourceKey: STRANGER }, context);
        yield* good.applyRows(changes, context);
      },
    })),
    caughtBy: 'strangers',
  },
  {
    what: 'a check that makes a person to see whether it can',
    adapter: () => ({
      ...companyTarget(),
      check: async ({ http, options }) => {
        const { status } = await http(`${options.url}/accounts/test`, {
          method: 'PUT',
          headers: { Authorization: `Bearer ${options.token}` },
          body: JSON.stringify({ kind: 'user', values: { nickname: 'Test' } }),
        });
        if (status === 200) return { ok: true, message: 'The directory answers.' };
        const message = 'The directory refuses the token.';
        return { ok: false, message, errors: [{ field: 'token', message }] };
      },
    }),
    caughtBy: 'check-writes',
  },
  {
    what: 'a directory in trouble as an error of the program',
    adapter: withSteps((good) => ({
      outcome: (change, answer) => {
        if (answer.status >= 500) throw new Error(`The directory answered ${answer.status}.`);
        return good.outcome(change, answer);
      },
    })),
    caughtBy: 'failure-server-error',
  },
  {
    what: 'deleting without effect',
    adapter: withSteps((good) => ({
      write: (change, context) =>
        good.write(change.action === 'delete' ? { ...change, action: 'disable' } : change, context),
    })),
    caughtBy: 'deletes',
    also: ['order'],
  },
  {
    what: 'a delete that is only heard as the last of a batch',
    adapter: withSteps((good) => ({
      async *applyRows(changes, context) {
        for (const [index, change] of changes.entries()) {
          if (change.action === 'delete' && index < changes.length - 1) yield { recordId: change.recordId };
          else yield* good.applyRows([change], context);
        }
      },
    })),
    caughtBy: 'order',
  },
  {
    what: 'no word on the last change of a batch',
    adapter: withSteps((good) => ({
      async *applyRows(changes, context) {
        for (const [index, change] of changes.entries()) {
          for await (const outcome of good.applyRows([change], context)) if (index < 7) yield outcome;
        }
      },
    })),
    caughtBy: 'creates',
    also: ['again', 'one-refused', 'busy', 'failure-server-error', 'failure-connection'],
  },
  {
    what: 'a busy directory that is not said to want a pause',
    adapter: withSteps(() => ({ busy: () => new RollcallError('vendor_busy', 'The directory asks to slow down.') })),
    caughtBy: 'busy',
  },
  {
    what: 'a broken connection as an error of the program',
    adapter: withSteps((good) => ({
      send: (method, change, context, body) =>
        good.send(method, change, context, body).catch((error: unknown) => {
          throw error instanceof RollcallError ? new TypeError('terminated') : error;
        }),
    })),
    caughtBy: 'failure-connection',
  },
  {
    what: 'a refused token as the failure of each record',
    adapter: withSteps((good) => ({
      outcome: (change, answer) =>
        answer.status === 401
          ? { recordId: change.recordId, failure: { code: 'credentials', message: 'The directory refuses the token.' } }
          : good.outcome(change, answer),
    })),
    caughtBy: 'wrong-credentials',
  },
  {
    what: 'people in the log',
    adapter: withSteps((good) => ({
      write: (change, context) => {
        context.logger.info('Writing', { ...change.payload });
        return good.write(change, context);
      },
    })),
    caughtBy: 'no-personal-data',
  },
  {
    what: 'the token in the log',
    adapter: withSteps((good) => ({
      write: (change, context) => {
        context.logger.info(`Writing to ${context.options.url}?token=${context.options.token}`);
        return good.write(change, context);
      },
    })),
    caughtBy: 'no-secrets',
  },
];
