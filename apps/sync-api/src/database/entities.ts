import { AuditEntry } from '../audit/audit-entry.entity';
import { Admin } from '../auth/admin.entity';
import { ApiKey } from '../auth/api-key.entity';
import { Source } from '../sources/source.entity';
import { Target } from '../targets/target.entity';
import { Task } from '../tasks/task.entity';

/** Entities of the app itself; those of targets come with their adapters. */
export const ENTITIES = [Source, Target, Task, Admin, ApiKey, AuditEntry];
