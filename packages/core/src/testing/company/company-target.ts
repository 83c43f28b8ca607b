import type { Change, RowOutcome } from '../../changes';
import type { AdapterContext } from '../../contract';
import { RollcallError } from '../../errors';
import type { HttpAnswer } from '../../http';
import { defineTarget, type RemoteTargetAdapter } from '../../target';
import type { CompanyOptions } from './company-source';

type Context = AdapterContext<CompanyOptions>;

/** The steps of the adapter that a broken one does otherwise. */
export class CompanyWriter {
  async *applyRows(changes: readonly Change[], context: Context): AsyncGenerator<RowOutcome> {
    for (const change of changes) yield this.outcome(change, await this.write(change, context));
  }

  write(change: Change, context: Context): Promise<HttpAnswer> {
    const { dataType, action, payload } = change;
    if (action === 'delete') return this.send('DELETE', change, context);
    const life = action === 'update' ? {} : { disabled: action === 'disable' || payload['isDisabled'] === true };
    const way = action === 'disable' ? 'PATCH' : 'PUT';
    return this.send(way, change, context, { kind: dataType, values: this.values(change), ...life });
  }

  /** Null clears. The directory knows nobody by uid. */
  values({ payload, changed }: Change): Record<string, unknown> {
    if (changed === null) return { ...payload };
    const fields = changed.filter((field) => field !== 'uid');
    return Object.fromEntries(fields.map((field) => [field, payload[field] ?? null]));
  }

  send(method: string, change: Change, { http, options }: Context, body?: object): Promise<HttpAnswer> {
    return http(`${options.url}/accounts/${this.ref(change)}`, {
      method,
      headers: { Authorization: `Bearer ${options.token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  ref({ recordId, resourceKey }: Change): string {
    return resourceKey ?? `r-${recordId}`;
  }

  outcome(change: Change, answer: HttpAnswer): RowOutcome {
    const { recordId, action } = change;
    switch (answer.status) {
      case 200:
        return { recordId, resourceKey: (answer.json() as { key: string }).key };
      case 204:
        return { recordId };
      case 404:
        return this.absent(recordId, action);
      case 401:
        throw new RollcallError('credentials', 'The directory refuses the token. Enter a new one.', { field: 'token' });
      case 422:
        return this.refusal(recordId);
      case 429:
        throw this.busy(answer.retryAfter);
      default:
        throw new RollcallError('network', `The directory answered ${answer.status}.`);
    }
  }

  absent(recordId: number, _action: Change['action']): RowOutcome {
    return { recordId };
  }

  refusal(recordId: number): RowOutcome {
    return { recordId, failure: { code: 'rejected_by_target', message: 'The directory refuses the record.' } };
  }

  busy(retryAfter: number | undefined): RollcallError {
    return new RollcallError('vendor_busy', 'The directory asks to slow down.', { retryAfter });
  }
}

/** A target that keeps every promise; `writer` does its steps. */
export function companyTarget(writer: CompanyWriter = new CompanyWriter()): RemoteTargetAdapter<CompanyOptions> {
  return defineTarget<CompanyOptions>({
    id: 'company',
    title: 'Company',
    version: '1.0.0',
    configSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['url', 'token'],
      properties: {
        url: { type: 'string', format: 'uri', title: 'Address' },
        token: { type: 'string', format: 'password', writeOnly: true, title: 'Token' },
      },
    },
    dataTypes: {
      department: { fields: { only: ['title'] }, canDisable: false },
      user: { fields: { only: ['nickname', 'email', 'isDisabled'] }, canDisable: true },
    },
    applyRows: (changes, context) => writer.applyRows(changes, context),
  });
}
