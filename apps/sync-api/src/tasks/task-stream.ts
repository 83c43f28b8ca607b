import { Injectable } from '@nestjs/common';
import { concatMap, debounceTime, filter, groupBy, mergeMap, type Observable, share, throttleTime } from 'rxjs';
import { TaskEvents } from './task-events';
import { TaskReader } from './task-reader';
import type { TaskView } from './task-view';

/** A running task changes many times a second; nobody reads faster than this. */
const EVERY_MS = 250;
/** A task of which nothing was heard for so long is forgotten here. */
const FORGOTTEN_AFTER_MS = 60_000;

/** Tasks whenever they change, for all who may see tasks: read once, however many listen. */
@Injectable()
export class TaskStream {
  readonly tasks: Observable<TaskView>;

  constructor(events: TaskEvents, reader: TaskReader) {
    this.tasks = events.changes.pipe(
      groupBy((id) => id, { duration: (group) => group.pipe(debounceTime(FORGOTTEN_AFTER_MS)) }),
      mergeMap((ids) => ids.pipe(throttleTime(EVERY_MS, undefined, { leading: true, trailing: true }))),
      concatMap((id) => reader.find(id)),
      filter((task) => task !== undefined),
      share(),
    );
  }
}
