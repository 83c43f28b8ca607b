export interface PublishedPackage {
  name: string;
  version: string;
  license: string;
  engines: { node: string };
  publishConfig: { access: string };
  /** Where it is in the repository. */
  folder: string;
  main?: string;
  types?: string;
  bin?: Record<string, string>;
  exports?: Record<string, string | Record<string, string>>;
  rollcall?: { adapters: { icon?: string }[] };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface Tarball {
  name: string;
  filename: string;
  /** Paths in the package. */
  files: { path: string }[];
}

export function publishedPackages(): PublishedPackage[];
export function packTo(folder: string): Promise<Tarball[]>;
