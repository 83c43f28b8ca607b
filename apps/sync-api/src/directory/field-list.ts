import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import { IfGiven } from './query-id';

/** An optional list of names of fields. */
export const FieldList = (description: string, example: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description, example: [example] }),
    IfGiven(),
    IsString({ each: true }),
    ArrayMaxSize(1000),
    IsArray(),
  );

export const LOCK_BESIDES = 'Fields to lock besides those that are';
export const UNLOCK = 'Fields to lock no more, of those that are; what this request changes is locked all the same';
