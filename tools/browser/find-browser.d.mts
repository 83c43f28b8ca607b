export declare const BROWSER_FLAGS: string[];

/**
 * A Chromium to drive: the one that CHROMIUM_PATH names, else one on the PATH, else the one that comes packed in an npm
 * package. Throws when there is none for this machine.
 */
export declare function findBrowser(env?: NodeJS.ProcessEnv): Promise<string>;
