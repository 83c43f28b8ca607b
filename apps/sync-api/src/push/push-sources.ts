import { Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import type { Caller } from '../auth/caller';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';

/** The source of records that name none and come with a key that is bound to none. */
const DEFAULT_SOURCE = 'api';

export interface NamedSource {
  name?: string | undefined;
  id?: number | undefined;
}

/** Whose records it is that somebody sends. */
@Injectable()
export class PushSources {
  constructor(private readonly sources: SourcesService) {}

  /** The source that a request names, or the one of its key. Throws when the caller may not send for it. */
  async of(caller: Caller, named: NamedSource, dryRun = false): Promise<Source> {
    const bound =
      caller.kind === 'key' && caller.sourceId !== null ? await this.sources.byId(caller.sourceId) : undefined;
    if (bound) requireSame(bound, named);
    const source = bound ?? (await this.find(named));
    if (source.type !== 'push') {
      throw new RollcallError(
        'invalid_request',
        `The source "${source.name}" reads from its own system and takes no pushes. Name a source of the type push.`,
        { errors: [{ pointer: pointerOf(named), code: 'not_a_push_source', message: 'is not of the type push' }] },
      );
    }
    if (!dryRun) await this.sources.requireEnabled(source);
    return source;
  }

  private find({ id, name }: NamedSource): Promise<Source> {
    return id === undefined ? this.sources.byName(name ?? DEFAULT_SOURCE) : this.sources.byId(id);
  }
}

/** Throws unless the source allows what a request chose to match by. */
export function requireMatchKey(source: Source, matchKey: string | undefined): void {
  if (matchKey === undefined || source.matchKey.some((allowed) => allowed === matchKey)) return;
  const allowed = source.matchKey.join(', ');
  const [detail, message] =
    allowed === ''
      ? ['allows no matchKey. Leave it out', 'must be left out: the source allows none']
      : [`allows these matchKeys: ${allowed}. Choose one of them`, `must be one of: ${allowed}`];
  throw new RollcallError(
    'match_key_not_allowed',
    `The source "${source.name}" ${detail}. An admin may add username, email or phone to the source.`,
    { errors: [{ pointer: '/matchKey', code: 'match_key_not_allowed', message }] },
  );
}

function requireSame(bound: Source, named: NamedSource): void {
  if ((named.name ?? bound.name) === bound.name && (named.id ?? bound.id) === bound.id) return;
  const pointer = pointerOf(named);
  throw new RollcallError(
    'forbidden',
    `This key pushes to the source "${bound.name}" only. Leave ${pointer.slice(1)} out, or use another key.`,
    { errors: [{ pointer, code: 'forbidden', message: `this key is bound to "${bound.name}"` }] },
  );
}

const pointerOf = ({ id }: NamedSource): string => (id === undefined ? '/sourceName' : '/sourceId');
