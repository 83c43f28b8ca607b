import { Injectable } from '@nestjs/common';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { RawArchive } from '../logs/raw-archive';
import type { ArchiveOwner } from '../logs/raw-archive-writer';
import type { Source } from '../sources/source.entity';
import type { SentRecords } from './push-request';
import { readRecords, type ReadRecords } from './read-records';

/** What happens to raw records that were sent, before and beside the spine. */
@Injectable()
export class PushIntake {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly raw: RawArchive,
  ) {}

  read(source: Source, { dataType, records }: SentRecords): ReadRecords {
    return readRecords(dataType, records, this.registry.source(source.type).uidCase);
  }

  /** `owner`: a task, or a snapshot that is none yet. Returns what takes it back. */
  archive(owner: ArchiveOwner, { dataType, records }: SentRecords): Promise<() => Promise<void>> {
    return this.raw.writeOnce(owner, dataType, records);
  }
}
