import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RollcallError } from '@rollcall/core';

/** An expression, and the option that it stands in. */
export interface Expression {
  field: string;
  text: string;
}

/** What is to be worked out from an answer. */
export interface PagePlan {
  records: Expression;
  where: Expression | undefined;
  fields: readonly (Expression & { name: string; list: boolean })[];
  /** A field that its expression does not find is null. */
  clearMissing: boolean;
  /** What the answer says of itself. */
  about: Readonly<Record<string, Expression>>;
}

export interface EvaluatedPage {
  /** How many records the answer holds, also those that `where` left out. */
  found: number;
  /** The fields of the first records as they came. */
  names: string[];
  records: Record<string, unknown>[];
  /** Those of which an expression made an error; `uid` when that could be worked out. */
  failed: { uid: unknown; name: string; problem: Problem }[];
  said: Record<string, unknown>;
  /** Of every record in the answer, also of those that were left out or failed; null where none is found. */
  uids: (string | null)[];
  /** The same for pages that hold the same records. */
  fingerprint: string;
}

type Job =
  | { kind: 'compile'; expressions: readonly Expression[] }
  | { kind: 'value'; expression: Expression; variables: Readonly<Record<string, unknown>> }
  | { kind: 'page'; plan: PagePlan; body: Uint8Array; charset: string | undefined };

export interface Problem {
  kind: 'charset' | 'json' | 'list' | 'expression' | 'size';
  message: string;
  field: string | undefined;
}

type Reply = { text: string; problem?: undefined } | { problem: Problem; text?: undefined };

/** Seconds that the expressions of one answer may take, and the memory, before their thread is ended. */
const LIMIT_SECONDS = 60;
const LIMIT_MEGABYTES = 1024;

/** The same in a check; shorter than a whole check may take, so that the reason is told. */
export const CHECK_LIMIT_SECONDS = 10;

/**
 * Evaluates expressions in a thread of its own, one job at a time. Whatever they do, and whatever the answer is that they
 * look at, the service goes on meanwhile, and the thread can be ended.
 */
export class Evaluator {
  private worker: Worker | undefined;
  private readonly current = {
    length: new Int32Array(new SharedArrayBuffer(4)),
    text: new Uint8Array(new SharedArrayBuffer(1024)),
  };

  constructor(
    private readonly signal: AbortSignal,
    private readonly limitSeconds: number = LIMIT_SECONDS,
  ) {}

  /** Throws `configuration` with the field of the first expression that cannot be read. */
  async compile(expressions: readonly Expression[]): Promise<void> {
    await this.run({ kind: 'compile', expressions });
  }

  /** The value of an expression that looks at nothing but variables. */
  value(expression: Expression, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.run({ kind: 'value', expression, variables });
  }

  /**
   * Reads the JSON of an answer, which `host` gave; `charset`: as its Content-Type names it. Throws `bad_answer` when it is
   * none, or has no list of records where they should be; `configuration` with the field of an expression that fails.
   */
  async page(plan: PagePlan, body: Uint8Array, host: string, charset?: string): Promise<EvaluatedPage> {
    return (await this.run({ kind: 'page', plan, body, charset }, host)) as EvaluatedPage;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  /** The option whose expression is being worked out. */
  private currentField(): string | undefined {
    const { length, text } = this.current;
    return Buffer.from(text.slice(0, Atomics.load(length, 0))).toString() || undefined;
  }

  private async run(job: Job, host = ''): Promise<unknown> {
    const { text, problem } = await this.ask(job);
    if (problem) throw failureOf(problem, host);
    return JSON.parse(text) as unknown;
  }

  private async ask(job: Job): Promise<Reply> {
    this.signal.throwIfAborted();
    // Nothing of the environment, which holds secrets, is seen in there.
    const worker = (this.worker ??= new Worker(join(__dirname, 'evaluation-worker.js'), {
      env: {},
      workerData: this.current,
      resourceLimits: { maxOldGenerationSizeMb: LIMIT_MEGABYTES },
    }));
    let resolve: (reply: Reply) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const settled = new Promise<Reply>((...settle) => ([resolve, reject] = settle));
    const crashed = (error: unknown): void => reject(crashOf(error));
    const ended = (): void => reject(new RollcallError('internal', 'The thread of the expressions ended.'));
    const stop = (): void => reject(this.signal.reason as Error);
    const timer = setTimeout(() => reject(tooSlow(this.limitSeconds, this.currentField())), this.limitSeconds * 1000);
    this.signal.addEventListener('abort', stop);
    worker.on('message', resolve).on('error', crashed).on('exit', ended);
    try {
      worker.postMessage(job);
      return await settled;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', stop);
      // One by one: Node keeps listeners of its own there.
      worker.off('message', resolve).off('error', crashed).off('exit', ended);
    }
  }
}

export function failureOf({ kind, message, field }: Problem, host: string): RollcallError {
  const at = field === undefined ? {} : { field };
  switch (kind) {
    case 'charset':
      return new RollcallError(
        'bad_answer',
        `The answer of ${host} is text neither in UTF-8 nor in a charset that its Content-Type names.`,
      );
    case 'json':
      return new RollcallError('bad_answer', `${host} answered something that is not JSON.`);
    case 'list':
      return new RollcallError(
        'bad_answer',
        `The answer of ${host} has ${message} where the records should be. Correct the expression, or put [] behind it ` +
          'when it may find a single one.',
        at,
      );
    case 'expression':
      return new RollcallError('configuration', `The expression cannot be used: ${message}.`, at);
    case 'size':
      return new RollcallError('bad_answer', `What the expressions make of the answer is ${message}.`);
  }
}

/** `field`: where they stood then. */
function tooSlow(seconds: number, field: string | undefined): RollcallError {
  const last = field === undefined ? '' : `; the one under way was "${field}"`;
  return new RollcallError(
    'configuration',
    `The expressions did not come to an end within ${seconds} seconds${last}. Simplify them, or ask for smaller pages.`,
    field === undefined ? {} : { field },
  );
}

function crashOf(error: unknown): RollcallError {
  const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return memory
    ? new RollcallError(
        'configuration',
        'The expressions need too much memory. Simplify them, or ask for smaller pages.',
      )
    : new RollcallError('internal', 'The thread of the expressions failed.', { cause: error });
}
