import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MessageTexts } from '../adapters/message-texts';
import { NOTE_CODES, type Note, type NoteCode, noteText } from './notes';

/** One sentence of a task's message, as the API shows it; which values are there follows from `code`. */
export class NoteView {
  @ApiProperty({ description: 'What it says', enum: NOTE_CODES })
  code!: NoteCode;

  @ApiProperty({ description: 'Numbers and names in it', type: 'object', additionalProperties: true })
  values!: Record<string, unknown>;

  @ApiProperty({ description: 'The sentence in English' })
  message!: string;

  @ApiPropertyOptional({ description: 'Words of an adapter, or of an error, that stand in it' })
  said?: string;

  @ApiPropertyOptional({
    description: 'Language tag → `said` in that language, where its adapter knows it',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'zh-CN': '企业微信繁忙' },
  })
  texts?: Record<string, string>;
}

export function viewNote(note: Note, messages: MessageTexts): NoteView {
  const { code, values, said } = note;
  const texts = said === undefined ? undefined : messages.of(said);
  return {
    code,
    values,
    message: noteText(note),
    ...(said !== undefined && { said }),
    ...(texts && { texts }),
  };
}
