import type { ApiResponseSchemaHost } from '@nestjs/swagger';

type SchemaObject = Exclude<ApiResponseSchemaHost['schema'], { $ref: string }>;

const RECORD: SchemaObject = {
  type: 'object',
  required: ['uid'],
  additionalProperties: true,
  properties: {
    uid: { type: 'string', minLength: 1, maxLength: 255, description: "Your system's id that never changes" },
    isDeleted: { type: 'boolean', description: 'Absent means false' },
  },
  description:
    'User: nickname, username, email, phone, managerUid, isDisabled, departments (uids, or {uid, isOwner, isMain}). ' +
    'Department: title, parentUid, sort, ownerUids. Anything else is a custom field. An absent field is kept, null or "" clears it.',
};

const DATA_TYPE: SchemaObject = { type: 'string', enum: ['user', 'department'] };
const RECORDS: SchemaObject = { type: 'array', minItems: 1, maxItems: 100_000, items: RECORD };

export const SENT_RECORDS_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['dataType', 'records'],
  properties: { dataType: DATA_TYPE, records: RECORDS },
};

export const PUSH_BODY_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['dataType', 'records'],
  properties: {
    dataType: DATA_TYPE,
    matchKey: {
      type: 'string',
      description: 'Field by which a record may take over an existing user: username, email or phone',
    },
    sourceName: { type: 'string', description: "Absent: the key's source, else `api`" },
    dryRun: { type: 'boolean', description: 'Plan only; the task is held as a preview' },
    records: RECORDS,
  },
};

const RESULT: SchemaObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      resource: { type: 'string', description: 'Name of the target' },
      detail: {
        type: 'object',
        properties: {
          count: {
            type: 'object',
            properties: { all: { type: 'integer' }, success: { type: 'integer' }, failed: { type: 'integer' } },
          },
          failedRecords: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                record: { description: 'The record as it was sent' },
                code: { type: 'string' },
                field: { type: 'string', nullable: true },
                message: { type: 'string' },
              },
            },
          },
        },
      },
    },
  },
};

export const PUSH_ANSWER_SCHEMA: SchemaObject = {
  type: 'object',
  properties: {
    data: {
      type: 'object',
      properties: {
        code: { type: 'integer', enum: [0] },
        message: { type: 'string', enum: ['success'] },
        status: { type: 'string', enum: ['succeeded', 'partially_succeeded', 'failed'] },
        summary: { type: 'string' },
        taskId: { type: 'integer' },
        result: RESULT,
        pending: {
          type: 'array',
          items: { type: 'string' },
          description: 'Names of targets that get it a little later, from the queue',
        },
      },
    },
  },
};

export const PUSH_ACCEPTED_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'The task, with `data` beside its fields',
  additionalProperties: true,
  properties: {
    id: { type: 'integer' },
    status: { type: 'string' },
    data: {
      type: 'object',
      properties: {
        code: { type: 'integer' },
        message: { type: 'string' },
        taskId: { type: 'integer' },
        result: RESULT,
      },
    },
  },
};
