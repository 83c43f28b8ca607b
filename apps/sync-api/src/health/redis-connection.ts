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
    await this.ask((redis) => redis.ping());
  }

  /** What the server says it is, e.g. `7.0.15`; throws when Redis does not answer. */
  async version(): Promise<string | null> {
    const info = await this.ask((redis) => redis.info('server'));
    return /^redis_version:(\S+)/m.exec(info)?.[1] ?? null;
  }

  private async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      if (this.redis.status === 'wait' || this.redis.status === 'end') await this.redis.connect();
      const answer = await question(this.redis);
      this.lastError = undefined;
      return answer;
    } catch (error) {
      throw this.lastError ?? error;
    }
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
