import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RollcallError } from '@rollcall/core';
import type { Request, Response } from 'express';
import { AuditService } from '../audit/audit.service';
import { Access } from '../auth/access';
import { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { errorCode } from '../error-code';
import { ApiPage } from '../http/api-page';
import { IdPipe } from '../http/id.pipe';
import { type Page, pageOf } from '../http/page';
import { RawArchive } from './raw-archive';
import { findRawRecords } from './raw-search';
import { LOG_LEVELS, LogLineView, LogQuery, RawRecordsQuery, RawRecordsView } from './task-files.dto';
import { TaskLog } from './task-log';

/** So long after its end a task may still log something. */
const AFTERWARDS_MS = 3_600_000;

/** What a task leaves behind in files. */
@ApiTags('Tasks')
@Controller('tasks')
export class TaskFilesController {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly archive: RawArchive,
    private readonly log: TaskLog,
    private readonly audit: AuditService,
  ) {}

  @Get(':id/log')
  @Access('read')
  @ApiOperation({ summary: 'The log lines of a task, oldest first (the last 10,000)' })
  @ApiPage(LogLineView)
  async lines(@Param('id', IdPipe) id: number, @Query() query: LogQuery): Promise<Page<LogLineView>> {
    const { createdAt, finishedAt } = await this.task(id);
    const lines = await this.log.read(
      id,
      createdAt,
      finishedAt ? new Date(finishedAt.getTime() + AFTERWARDS_MS) : new Date(),
    );
    const { q, level } = query;
    const least = level === undefined ? 0 : LOG_LEVELS.indexOf(level);
    const wanted = lines.filter(
      (line) => LOG_LEVELS.indexOf(line.level) >= least && (q === undefined || line.message.includes(q)),
    );
    return pageOf(wanted.slice(query.offset, query.offset + query.pageSize), wanted.length, query);
  }

  @Get(':id/raw')
  @Access('operate')
  @ApiOperation({
    summary: 'The raw records of a task as they were read',
    description: 'One line a record: `{"dataType":"user","record":{…}}`. Each download is audited.',
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    description: 'The records, gzip-compressed for clients that take it',
    content: { 'application/x-ndjson': { schema: { type: 'string', format: 'binary' } } },
  })
  async raw(
    @Param('id', IdPipe) id: number,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.task(id);
    const records = await this.rawRecords(id);
    await this.audit.record(caller, 'task.download_raw', `task:${id}`);
    response.setHeader('Content-Type', 'application/x-ndjson');
    response.setHeader('Content-Disposition', `attachment; filename="task-${id}.ndjson"`);
    response.setHeader('Cache-Control', 'no-store');
    response.vary('Accept-Encoding');
    if (request.acceptsEncodings(['gzip', 'identity']) === 'gzip') {
      response.setHeader('Content-Encoding', 'gzip');
      await send(pipeline(records, createGzip({ level: 1 }), response));
    } else {
      await send(pipeline(records, response));
    }
  }

  @Get(':id/raw/records')
  @Access('operate')
  @ApiOperation({
    summary: 'One raw record of a task as it was read, by its uid or its position',
    description: 'Each look is audited.',
  })
  @ApiOkResponse({ type: RawRecordsView })
  async rawRecord(
    @Param('id', IdPipe) id: number,
    @Query() query: RawRecordsQuery,
    @Caller() caller: Caller,
  ): Promise<RawRecordsView> {
    if ((query.uid === undefined) === (query.position === undefined)) {
      throw new RollcallError('invalid_request', 'Name the record by its uid, or by its position: one of both.');
    }
    await this.task(id);
    const records = await findRawRecords(await this.rawRecords(id), query);
    if (records.length === 0) {
      throw new RollcallError(
        'not_found',
        `The raw records of task ${id} hold no such ${query.dataType}: the task did not read it, but planned it from what it knew.`,
      );
    }
    await this.audit.record(caller, 'task.view_raw', `task:${id}`, { dataType: query.dataType });
    return { records };
  }

  private async rawRecords(id: number): Promise<Readable> {
    const records = await this.archive.read(id);
    if (records) return records;
    throw new RollcallError(
      'not_found',
      `No raw records of task ${id} are kept here: it read none, they are older than ROLLCALL_RAW_RETENTION_DAYS, or ` +
        'another machine with its own ROLLCALL_HOME has them.',
    );
  }

  private async task(id: number): Promise<{ createdAt: Date; finishedAt: Date | null }> {
    const { rows } = await this.pool.query<{ createdAt: Date; finishedAt: Date | null }>(
      'select created_at as "createdAt", finished_at as "finishedAt" from tasks where id = $1',
      [id],
    );
    if (rows[0]) return rows[0];
    throw new RollcallError('not_found', `There is no task ${id}.`);
  }
}

/** Somebody who breaks off a download has not met an error of ours. */
async function send(download: Promise<void>): Promise<void> {
  try {
    await download;
  } catch (error) {
    if (errorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
