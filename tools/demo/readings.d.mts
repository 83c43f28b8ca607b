/** What a callback told of a member. */
export interface Told {
  second: number;
  kind: 'join' | 'leave' | 'rename' | 'move';
  userid: string;
  to?: string;
  departments: string;
}

export function toldOf(deliveries: readonly { changeType: string; message: string; duplicateOf?: number }[]): Told[];

export function placesOf(members: readonly { userid: string; department: readonly number[] }[]): Map<string, string>;

export function mayHave(
  userid: string,
  person: string | undefined,
  story: { told: readonly Told[]; before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string> },
): boolean;

export function storyOf(userid: string, told: readonly Told[]): string[];
