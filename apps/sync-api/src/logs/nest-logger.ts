import { Logger, PinoLogger } from 'nestjs-pino';
import { logger } from './logger';

/** What Nest tells about every module and route at each start. */
const WIRING = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Nest's way into the system log, there from the first line of a boot on, so that one that fails is explained in the
 * log too. Two hundred lines about wiring are for whoever asks for the level debug.
 */
export class NestLogger extends Logger {
  constructor() {
    const parameters = { pinoHttp: { logger } };
    super(new PinoLogger(parameters), parameters);
  }

  override log(message: unknown, ...optional: unknown[]): void {
    const context = optional.at(-1);
    if (typeof context === 'string' && WIRING.has(context)) super.debug(message, ...optional);
    else super.log(message, ...optional);
  }
}
