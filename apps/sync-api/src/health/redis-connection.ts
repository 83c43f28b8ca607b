import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../config';

/** A connection that fails at once when Redis is away, to ask whether it is there. Bull's own wait for it to return. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  private readonly redis: Redis;
  private lastError: Error | undefined;

  constructor(config: Config) {
    this.redis = new Redis(config.redisUrl, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      commandTimeout: 2_000,
      // Whoever asks connects.
      retryStrategy: () => null,
    });
    // `ping` reports it; an error event without a listener would be printed.
    this.redis.on('error', (error: Error) => (this.lastError = error));
  }

  /** Throws when Redis does not answer. */
  async ping(): Promise<void> {
    try {
      if (this.redis.status === 'wait' || this.redis.status === 'end') await this.redis.connect();
      await this.redis.ping();
    } catch (error) {
      throw this.lastError ?? error;
    }
    this.lastError = undefined;
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
