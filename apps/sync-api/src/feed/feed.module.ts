import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller';
import { FeedPlaces } from './feed-places';
import { FeedService } from './feed.service';

/** What changes in users and departments, for programs that keep a copy of them. */
@Module({
  controllers: [FeedController],
  providers: [FeedPlaces, FeedService],
  exports: [FeedPlaces],
})
export class FeedModule {}
