import { Engine1764000000010 } from './1764000000010-engine';

/** Migrations of the app itself, oldest first; those of targets come with their adapters. */
export const MIGRATIONS = [Engine1764000000010];
