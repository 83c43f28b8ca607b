import { Injectable } from '@nestjs/common';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { RawArchive } from '../logs/raw-archive';
import type { Source } from '../sources/source.entity';
import type { PushRequest } from './push-request';
import { readRecords, type ReadRecords } from './read-records';

/** What happens to the raw records of a push before and beside the spine. */
@Injectable()
export class PushIntake {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly raw: RawArchive,
  ) {}

  read(source: Source, { dataType, records }: PushRequest): ReadRecords {
    return readRecords(dataType, records, this.registry.source(source.type).uidCase);
  }

  async archive(taskId: number, { dataType, records }: PushRequest): Promise<void> {
    await this.raw.writeOnce(taskId, dataType, records);
  }
}
