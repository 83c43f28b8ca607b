import { Injectable } from '@nestjs/common';
import type { Adapter, AdapterContext } from '@rollcall/core';
import { adapterLogger } from './adapter-logger';
import { type Options, secretValues } from './config-schema';

/** What every adapter is handed, whatever it is asked for. */
@Injectable()
export class AdapterContexts {
  of(adapter: Adapter, name: string, options: Options, signal: AbortSignal): AdapterContext<Options> {
    const secrets = secretValues(adapter.configSchema, options);
    return { options, logger: adapterLogger(`${adapter.kind} ${name}`, secrets), signal } as AdapterContext<Options>;
  }
}
