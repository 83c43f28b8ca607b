import { Injectable } from '@nestjs/common';
import type { AdapterContext } from '@rollcall/core';
import { adapterLogger } from './adapter-logger';

export interface ContextOptions<Options> {
  /** In clear. */
  options: Options;
  /** Those among them that must not be seen. */
  secrets: readonly string[];
  signal: AbortSignal;
}

/** What every adapter is handed, whatever it is asked for. */
@Injectable()
export class AdapterContexts {
  /** `name`: of whom the log lines are, like `source hr`. */
  of<Options>(name: string, { options, secrets, signal }: ContextOptions<Options>): AdapterContext<Options> {
    return { options, logger: adapterLogger(name, secrets), signal } as AdapterContext<Options>;
  }
}
