import { ApiPropertyOptional } from '@nestjs/swagger';
import { RollcallError } from '@rollcall/core';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** What every list takes. Lists with filters extend it. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'Number of the page, from 1', default: 1, minimum: 1 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = 1;

  @ApiPropertyOptional({ description: 'Rows on a page', default: 20, minimum: 1, maximum: 200 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  pageSize: number = 20;

  @ApiPropertyOptional({ description: 'Column to sort by; a leading "-" turns the order round', example: '-createdAt' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  sort?: string;

  @ApiPropertyOptional({ description: 'Search text' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /** Rows before this page: the OFFSET of the query. */
  get offset(): number {
    return (this.page - 1) * this.pageSize;
  }
}

/** The answer of every list. */
export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

export function pageOf<T>(items: T[], total: number, query: PageQuery): Page<T> {
  return { items, total, page: query.page, pageSize: query.pageSize };
}

export interface Sort<Name extends string> {
  property: Name;
  direction: 'ASC' | 'DESC';
}

/** `-createdAt` → createdAt, descending; only names that the list allows. Always sort by `id` after it. */
export function sortOf<Name extends string>(
  sort: string | undefined,
  allowed: readonly Name[],
  fallback: Name | `-${Name}`,
): Sort<Name> {
  const wanted = sort || fallback;
  const descending = wanted.startsWith('-');
  const name = descending ? wanted.slice(1) : wanted;
  const property = allowed.find((candidate) => candidate === name);
  if (property !== undefined) return { property, direction: descending ? 'DESC' : 'ASC' };
  const names = allowed.join(', ');
  throw new RollcallError('invalid_request', `sort: "${name}" is not one of ${names}.`, {
    errors: [{ pointer: '/sort', code: 'is_in', message: `must be one of ${names}` }],
  });
}

/**
 * The SQL after `order by`, from columns that are named here and nowhere else. It ends in `id`, so that a row cannot
 * move between pages. `columns`: name in the API → SQL expression.
 */
export function orderBy<Name extends string>(
  sort: string | undefined,
  columns: Readonly<Record<Name, string>>,
  fallback: Name | `-${Name}`,
  id = 'id',
): string {
  const { property, direction } = sortOf(sort, Object.keys(columns) as Name[], fallback);
  const column = columns[property];
  if (column === id) return `${id} ${direction}`;
  return `${column} ${direction} nulls ${direction === 'DESC' ? 'last' : 'first'}, ${id} ${direction}`;
}
