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

/**
 * The SQL after `order by`, from columns that are named here and nowhere else. It ends in `tieBreaker`, so that a row
 * cannot move between pages. `columns`: name in the API → SQL expression.
 */
export function orderBy(
  sort: string | undefined,
  columns: Readonly<Record<string, string>>,
  fallback: string,
  tieBreaker = 'id',
): string {
  const wanted = sort || fallback;
  const descending = wanted.startsWith('-');
  const name = descending ? wanted.slice(1) : wanted;
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (!column) {
    const allowed = Object.keys(columns).join(', ');
    throw new RollcallError('invalid_request', `sort: "${name}" is not one of ${allowed}.`, {
      errors: [{ pointer: '/sort', code: 'is_in', message: `must be one of ${allowed}` }],
    });
  }
  const direction = descending ? 'desc' : 'asc';
  const nulls = descending ? 'nulls last' : 'nulls first';
  return column === tieBreaker
    ? `${column} ${direction}`
    : `${column} ${direction} ${nulls}, ${tieBreaker} ${direction}`;
}
