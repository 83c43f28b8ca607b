import type { SourceAdapter } from './source';
import type { TargetAdapter } from './target';

/** Either kind of adapter. A package exports its own as `adapters`, a list. */
export type Adapter = SourceAdapter | TargetAdapter;
