export interface Sample {
  file: string;
  language: string;
  text: string;
}

export interface CurlRequest {
  method: string;
  path: string;
  query: string;
  headers: string[];
  body?: string;
}

export function documents(): string[];
export function lostPages(): string[];
export function linkProblems(file: string, text?: string): string[];
export function samplesOf(file: string, text?: string): Sample[];
export function sampleProblems(samples: Sample[]): string[];
export function requestsOf(file: string): CurlRequest[];
export function nameProblems(file: string, text?: string): string[];
export function tableRows(file: string, text?: string): [string, string][];
export function settings(): [string, string][];
export function translationProblems(files?: string[]): string[];
export function siteProblems(folder: string): string[];
export function pagesLackingFrom(folder: string): string[];
