import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBadRequestResponse, ApiGoneResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../auth/access';
import { FEED_DAYS } from './feed-places';
import { FeedQuery, FeedView } from './feed.dto';
import { FeedService } from './feed.service';

@ApiTags('Directory')
@Controller('changes')
@Access('read')
export class FeedController {
  constructor(private readonly feed: FeedService) {}

  @Get()
  @ApiOperation({
    summary: 'The feed of what changes in users and departments',
    description:
      'For programs that keep a copy. Ask without `after`, then again and again with `next` of the answer before: first come ' +
      'all departments and users, then whatever changes, by syncs, by hand, by undo or purge. Nothing is left out and everything ' +
      'comes in order, at least once: put `current` in the place of what you have, drop it where it is null. ' +
      `What changed is kept for ${FEED_DAYS} days.`,
  })
  @ApiOkResponse({ type: FeedView })
  @ApiBadRequestResponse({ description: '`after` is no cursor of this feed' })
  @ApiGoneResponse({ description: '`feed_cursor_expired`: begin anew without `after`' })
  read(@Query() query: FeedQuery, @Res({ passthrough: true }) response: Response): Promise<FeedView> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return this.feed.read(query, gone.signal);
  }
}
