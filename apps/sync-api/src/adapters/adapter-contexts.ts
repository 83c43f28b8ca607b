import { Injectable } from '@nestjs/common';
import type { Adapter, AdapterContext } from '@rollcall/core';
import { OutboundHttp } from '../outbound/outbound-http';
import { adapterLogger } from './adapter-logger';
import { type Options, secretValues } from '@rollcall/core/checks';

/** Makes what every call of an adapter is handed. */
@Injectable()
export class AdapterContexts {
  constructor(private readonly http: OutboundHttp) {}

  /** `name` stands at its log lines, `options` are complete and in clear, `signal` tells it to stop. */
  of(adapter: Adapter, name: string, options: Options, signal: AbortSignal): AdapterContext<Options> {
    const logger = adapterLogger(`${adapter.kind} ${name}`, secretValues(adapter.configSchema, options));
    return { options, logger, http: this.http.client(signal), signal };
  }
}
