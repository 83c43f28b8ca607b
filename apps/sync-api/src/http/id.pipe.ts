import { Injectable, type PipeTransform } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';

/** `@Param('id', IdPipe) id: number`. What cannot be an id names nothing, so it is not found. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : NaN;
    if (Number.isSafeInteger(id)) return id;
    throw new RollcallError('not_found', 'There is nothing of that id: it must be a whole number from 1.');
  }
}
