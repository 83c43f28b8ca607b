import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type Adapter,
  type AdapterKind,
  type AdapterTexts,
  type ConfigSchema,
  CONTRACT_VERSION,
  DATA_TYPES,
  type DataType,
  isRemoteTarget,
} from '@rollcall/core';
import type { LoadedAdapter, UnavailableAdapter } from './load-adapters';

export class AdapterCapabilities {
  @ApiProperty({ description: 'A source that reads by itself; without it, records are pushed' })
  pull!: boolean;

  @ApiProperty({ description: 'A source that can read what changed since the last read' })
  incremental!: boolean;

  @ApiProperty({ description: 'A source whose vendor can tell at once what changed' })
  events!: boolean;

  @ApiProperty({ description: 'Its configuration can be tried' })
  check!: boolean;

  @ApiPropertyOptional({ description: 'A target: it is somewhere else, and there may be several of its kind' })
  remote?: boolean;

  @ApiPropertyOptional({ description: 'What a target reads', enum: DATA_TYPES, isArray: true })
  dataTypes?: DataType[];
}

export class AdapterDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null when its package could not even be read' })
  id!: string | null;

  @ApiProperty({ description: 'What it does', enum: ['source', 'target'], nullable: true })
  kind!: AdapterKind | null;

  @ApiProperty({ description: 'Shown to admins' })
  title!: string;

  @ApiProperty({ description: 'A sentence for admins', type: String, nullable: true })
  description!: string | null;

  @ApiProperty({
    type: Object,
    description: 'Language tag → title, description and options (by path, with dots) in that language',
    example: { fr: { title: 'Acme RH', options: { token: { title: 'Jeton' } } } },
  })
  texts!: Readonly<Record<string, AdapterTexts>>;

  @ApiProperty({ description: 'A `data:` address of an SVG or PNG image', type: String, nullable: true })
  icon!: string | null;

  @ApiProperty({ description: 'Version of the adapter', type: String, nullable: true })
  version!: string | null;

  @ApiProperty({
    description: 'Version of the contract with Rollcall that it was written for; null when it could not be loaded',
    type: Number,
    nullable: true,
  })
  contract!: number | null;

  @ApiProperty({ type: Object, nullable: true, description: 'JSON Schema (2020-12) of its options' })
  configSchema!: ConfigSchema | null;

  @ApiProperty({ description: 'What it can do', type: AdapterCapabilities })
  capabilities!: AdapterCapabilities;

  @ApiProperty({ description: 'The package that it came from', example: '@rollcall/source-http' })
  origin!: string;

  @ApiPropertyOptional({ description: 'Why it is unavailable; absent when it is not' })
  error?: string;
}

export class AdapterDetailDto extends AdapterDto {
  @ApiProperty({ description: 'README of its package, Markdown', type: String, nullable: true })
  readme!: string | null;
}

export function toAdapterDto({ adapter, origin, icon }: LoadedAdapter): AdapterDto {
  const { id, kind, title, description = null, texts = {}, version, configSchema } = adapter;
  const capabilities = capabilitiesOf(adapter);
  // Packages for another contract are not even loaded.
  const contract = CONTRACT_VERSION;
  return { id, kind, title, description, texts, icon, version, contract, configSchema, capabilities, origin };
}

export function toUnavailableDto({ id, kind, origin, error }: UnavailableAdapter): AdapterDto {
  const capabilities = { pull: false, incremental: false, events: false, check: false };
  const unknown = { description: null, texts: {}, icon: null, version: null, contract: null, configSchema: null };
  return { id, kind, title: id ?? origin, ...unknown, capabilities, origin, error };
}

/** An optional method that is absent is the statement that the adapter cannot do it. */
function capabilitiesOf(adapter: Adapter): AdapterCapabilities {
  const check = adapter.check !== undefined;
  if (adapter.kind === 'target') {
    const dataTypes = Object.keys(adapter.dataTypes) as DataType[];
    return { pull: false, incremental: false, events: false, check, remote: isRemoteTarget(adapter), dataTypes };
  }
  const { incremental = false, events } = adapter;
  return { pull: adapter.pull !== undefined, incremental, events: events !== undefined, check };
}
