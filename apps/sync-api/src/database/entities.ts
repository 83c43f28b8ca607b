import { Source } from '../sources/source.entity';
import { Target } from '../targets/target.entity';
import { Task } from '../tasks/task.entity';

/** Entities of the app itself; those of targets come with their adapters. */
export const ENTITIES = [Source, Target, Task];
