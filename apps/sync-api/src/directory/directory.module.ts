import { Module } from '@nestjs/common';
import { SourcesModule } from '../sources/sources.module';
import { TasksModule } from '../tasks/tasks.module';
import { DepartmentWritesService } from './department-writes.service';
import { DepartmentsController } from './departments.controller';
import { DepartmentsService } from './departments.service';
import { LinksController } from './links.controller';
import { LinksService } from './links.service';
import { MembershipsService } from './memberships.service';
import { Totals } from './totals';
import { UserHistoryService } from './user-history.service';
import { UserWritesService } from './user-writes.service';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

/** Users, departments and memberships over HTTP: what syncs made of them, and what admins write by hand. */
@Module({
  imports: [SourcesModule, TasksModule],
  controllers: [UsersController, DepartmentsController, LinksController],
  providers: [
    LinksService,
    UsersService,
    UserWritesService,
    UserHistoryService,
    DepartmentsService,
    DepartmentWritesService,
    MembershipsService,
    Totals,
  ],
})
export class DirectoryModule {}
