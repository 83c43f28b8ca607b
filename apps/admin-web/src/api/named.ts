/** A source or a target, to choose among them, and to call it what people call it. */
export interface Named {
  id: number;
  /** Unique; what API and files call it. */
  name: string;
  /** The id of its adapter. */
  type: string;
  /** What people read: of a source its display name, with the name beside it where another source is called the same. */
  label: string;
}

/** What people call the source of this name; the name itself as long as that is not known, and of one that is gone. */
export const sourceLabel = (sources: readonly Named[] | undefined, name: string): string =>
  sources?.find((source) => source.name === name)?.label ?? name;
