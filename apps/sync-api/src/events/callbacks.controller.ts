import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { CallbackRequest } from '@rollcall/core';
import type { Request, Response } from 'express';
import { Access } from '../auth/access';
import { CallbacksService } from './callbacks.service';

const OPERATION = {
  summary: 'Live events of a vendor',
  description: "The source's adapter makes sure who sent it, and answers in the vendor's own form.",
};

/** Open to everybody: only the vendor can sign what it sends, and the adapter checks that. */
@ApiTags('Callbacks')
@Controller('callbacks/:sourceName')
@Access('public')
@ApiParam({ name: 'sourceName', description: 'Name of the source' })
export class CallbacksController {
  constructor(private readonly callbacks: CallbacksService) {}

  @Get()
  @ApiOperation(OPERATION)
  @ApiOkResponse({ description: 'What the vendor expects' })
  @ApiNotFoundResponse({ description: 'There is no such source, or its adapter takes no events' })
  verify(@Param('sourceName') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer(name, 'GET', request, response);
  }

  @Post()
  @ApiOperation(OPERATION)
  @ApiOkResponse({ description: 'What the vendor expects' })
  @ApiNotFoundResponse({ description: 'There is no such source, or its adapter takes no events' })
  receive(@Param('sourceName') name: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer(name, 'POST', request, response);
  }

  private async answer(
    name: string,
    method: CallbackRequest['method'],
    request: Request,
    response: Response,
  ): Promise<void> {
    const { status, contentType, body } = await this.callbacks.receive(name, {
      method,
      query: texts(request.query),
      headers: texts(request.headers),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    });
    response.status(status).type(contentType).send(body);
  }
}

/** Of what was given several times the first counts. */
function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const first = Object.entries(values).map(([name, value]): [string, unknown] => [
    name,
    Array.isArray(value) ? (value as unknown[])[0] : value,
  ]);
  return Object.fromEntries(first.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
