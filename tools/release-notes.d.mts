export function releaseNotes(changelog: string, version: string, date: string): { notes: string; changelog: string };
