import {
  type Adapter,
  type AdapterKind,
  type DataType,
  isRemoteTarget,
  RollcallError,
  type SourceAdapter,
  type TargetAdapter,
} from '@rollcall/core';
import type { LoadedAdapter, UnavailableAdapter } from './load-adapters';
import { inDependencyOrder } from './target-order';

/** Every adapter that was loaded, by kind and id. Filled once, by `AdaptersModule`. */
export class AdapterRegistry {
  private readonly sourcesById: ReadonlyMap<string, SourceAdapter>;
  private readonly targetsById: ReadonlyMap<string, TargetAdapter>;

  constructor(
    private readonly loaded: readonly LoadedAdapter[],
    private readonly missing: readonly UnavailableAdapter[] = [],
  ) {
    const adapters = loaded.map((entry) => entry.adapter);
    const sources = adapters.filter((adapter) => adapter.kind === 'source');
    const targets = adapters.filter((adapter) => adapter.kind === 'target');
    this.sourcesById = new Map(sources.map((adapter) => [adapter.id, adapter]));
    this.targetsById = new Map(inDependencyOrder(targets).map((adapter) => [adapter.id, adapter]));
  }

  sources(): SourceAdapter[] {
    return [...this.sourcesById.values()];
  }

  /** In the order in which they must be applied. */
  targets(): TargetAdapter[] {
    return [...this.targetsById.values()];
  }

  /** Ids of the target adapters that keep the life of such records, instead of attaching something to another target's. */
  owners(dataType: DataType): string[] {
    return this.targets()
      .filter((adapter) =>
        isRemoteTarget(adapter)
          ? adapter.dataTypes[dataType] !== undefined
          : adapter.dataTypes[dataType]?.owns === true,
      )
      .map(({ id }) => id);
  }

  has(kind: AdapterKind, id: string): boolean {
    return kind === 'source' ? this.sourcesById.has(id) : this.targetsById.has(id);
  }

  /** The adapter that an admin chose; one that is not installed is the caller's error. */
  installed(kind: 'source', id: string): SourceAdapter;
  installed(kind: 'target', id: string): TargetAdapter;
  installed(kind: AdapterKind, id: string): Adapter;
  installed(kind: AdapterKind, id: string): Adapter {
    const byId: ReadonlyMap<string, Adapter> = kind === 'source' ? this.sourcesById : this.targetsById;
    const adapter = byId.get(id);
    if (adapter) return adapter;
    const message = `must be the id of a ${kind} adapter that is installed: ${[...byId.keys()].join(', ')}`;
    throw new RollcallError('invalid_request', `/type: ${message}.`, {
      errors: [{ pointer: '/type', code: 'is_in', message }],
    });
  }

  source(id: string): SourceAdapter {
    return this.sourcesById.get(id) ?? this.refuse('source', id);
  }

  target(id: string): TargetAdapter {
    return this.targetsById.get(id) ?? this.refuse('target', id);
  }

  /** The package that brought an adapter. */
  origin(adapter: Adapter): string {
    return this.entry(adapter).origin;
  }

  /** An adapter with what its package brings beside it. */
  entry(adapter: Adapter): LoadedAdapter {
    const entry = this.loaded.find((candidate) => candidate.adapter === adapter);
    if (entry) return entry;
    throw new RollcallError('internal', `The ${adapter.kind} adapter "${adapter.id}" is not registered.`);
  }

  /** What was named but could not be loaded (ROLLCALL_ADAPTERS_ON_ERROR=skip). */
  unavailable(): readonly UnavailableAdapter[] {
    return this.missing;
  }

  private refuse(kind: AdapterKind, id: string): never {
    const skipped = this.missing.find((entry) => entry.kind === kind && entry.id === id);
    throw new RollcallError(
      'adapter_missing',
      skipped
        ? `The ${kind} adapter "${id}" could not be loaded: ${skipped.error}`
        : `The ${kind} adapter "${id}" is not installed. Install its package with "npx rollcall add <package>" and start Rollcall again.`,
    );
  }
}
