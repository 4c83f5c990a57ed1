CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY,
	`line` text NOT NULL,
	`hash` blob NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_form` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`case_id` text,
	`form` text,
	`form_version` text,
	`filled_on` text,
	`state` text,
	`created_by` text,
	`answers` text DEFAULT '{}' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_link` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`case_a` text,
	`case_b` text,
	`about` text,
	`verdict` text,
	`leading` text,
	`relation` text,
	`reason` text,
	`taken` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_record` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`number` text,
	`status` text,
	`registered_on` text,
	`form_version` text,
	`created_by` text,
	`assigned_to` text,
	`assignment_asked_by` text,
	`origin_site` text,
	`origin_id` text,
	`answers` text DEFAULT '{}' NOT NULL,
	`search_name` text DEFAULT '' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `chain` (
	`number` integer PRIMARY KEY,
	`stream` text NOT NULL,
	`writer` integer NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`floor_seq` integer DEFAULT 0 NOT NULL,
	`floor_hash` text NOT NULL,
	`head_seq` integer DEFAULT 0 NOT NULL,
	`head_hash` text DEFAULT '' NOT NULL,
	`head_at` integer DEFAULT 0 NOT NULL,
	`head_sig` text DEFAULT '' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `erased` (
	`row` text NOT NULL,
	`kind` text NOT NULL,
	`stream` text NOT NULL,
	`certificate` text NOT NULL,
	`ground` text NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT `erased_pk` PRIMARY KEY(`row`, `kind`, `stream`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `form_version` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`body` text,
	`sig` text,
	`pack` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `information_session` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`held_on` text,
	`outcome` text,
	`language` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `journal` (
	`chain` integer NOT NULL,
	`seq` integer NOT NULL,
	`stamp` text NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`row` text NOT NULL,
	`op` text NOT NULL,
	`sv` integer NOT NULL,
	`payload` text,
	`commitment` text,
	`hash` text NOT NULL,
	CONSTRAINT `journal_pk` PRIMARY KEY(`chain`, `seq`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `organization` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name_fr` text,
	`name_en` text,
	`org_type` text,
	`phone` text,
	`email` text,
	`security_actor` integer,
	`is_sample` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`stream` text NOT NULL,
	`writer` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`line` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT `quarantine_pk` PRIMARY KEY(`stream`, `writer`, `seq`, `hash`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `referral` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`case_id` text,
	`service_point_id` text,
	`code` text,
	`need` text,
	`priority` text,
	`status` text,
	`created_on` text,
	`created_by` text,
	`issued_on` text,
	`due_on` text,
	`valid_until` text,
	`consent_given` text,
	`consent_method` text,
	`consent_on` text,
	`guardian_agrees` text,
	`child_assents` text,
	`consent_items` text DEFAULT '[]' NOT NULL,
	`slip_language` text,
	`appointment` text,
	`provider_name_fr` text,
	`provider_name_en` text,
	`provider_place` text,
	`provider_hours` text,
	`provider_phone` text,
	`served_told_by` text,
	`origin_site` text,
	`origin_id` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `referral_step` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`referral_id` text,
	`from_state` text,
	`to_state` text,
	`happened_on` text,
	`recorded_at` integer,
	`told_by` text,
	`by_name` text,
	`reason` text,
	`origin_site` text,
	`origin_id` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `review` (
	`row` text NOT NULL,
	`kind` text NOT NULL,
	`field` text NOT NULL,
	`writer` integer NOT NULL,
	`seq` integer NOT NULL,
	`stamp` text NOT NULL,
	`value` text NOT NULL,
	`stream` text NOT NULL,
	CONSTRAINT `review_pk` PRIMARY KEY(`row`, `kind`, `field`, `writer`, `seq`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `roster_entry` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`body` text,
	`sig` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `row_base` (
	`row` text NOT NULL,
	`kind` text NOT NULL,
	`stream` text NOT NULL,
	`state` text NOT NULL,
	`until` text NOT NULL,
	CONSTRAINT `row_base_pk` PRIMARY KEY(`row`, `kind`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `row_secret` (
	`row` text NOT NULL,
	`kind` text NOT NULL,
	`writer` integer NOT NULL,
	`secret` text NOT NULL,
	CONSTRAINT `row_secret_pk` PRIMARY KEY(`row`, `kind`, `writer`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `service` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`organization_id` text,
	`name_fr` text,
	`name_en` text,
	`status` text,
	`cost` text,
	`capacity` integer,
	`capacity_unit` text,
	`external_id` text,
	`is_sample` integer,
	`sensitive` integer,
	`sectors` text DEFAULT '[]' NOT NULL,
	`types` text DEFAULT '[]' NOT NULL,
	`target_groups` text DEFAULT '[]' NOT NULL,
	`languages` text DEFAULT '[]' NOT NULL,
	`accessibility` text DEFAULT '[]' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `service_point` (
	`n` integer PRIMARY KEY,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`clk` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`service_id` text,
	`pcode` text,
	`locality` text,
	`phone` text,
	`hours` text,
	`lat` real,
	`lon` real,
	`hide_location` integer,
	`verified_on` text,
	`verified_how` text,
	`verified_by` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `writer` (
	`number` integer PRIMARY KEY,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`device` text NOT NULL,
	`record` text NOT NULL,
	`own` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `writer_index` (
	`chain` integer NOT NULL,
	`position` integer NOT NULL,
	`declared` integer NOT NULL,
	CONSTRAINT `writer_index_pk` PRIMARY KEY(`chain`, `position`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `app_user` (
	`id` text PRIMARY KEY,
	`login` text NOT NULL,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`undertaking_at` integer,
	`asked_roles` text,
	`asked_by` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `counter` (
	`name` text PRIMARY KEY,
	`value` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `data_export` (
	`id` text PRIMARY KEY,
	`purpose` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `draft` (
	`user_id` text NOT NULL,
	`form` text NOT NULL,
	`subject` text NOT NULL,
	`texts` text DEFAULT '{}' NOT NULL,
	`focused` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT `draft_pk` PRIMARY KEY(`user_id`, `form`, `subject`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `erasure` (
	`certificate` text PRIMARY KEY,
	`case_number` text NOT NULL,
	`ground` text NOT NULL,
	`at` integer NOT NULL,
	`by_name` text NOT NULL,
	`by_role` text NOT NULL,
	`reached` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `file_log` (
	`id` integer PRIMARY KEY,
	`file_id` text NOT NULL,
	`direction` text NOT NULL,
	`device` text NOT NULL,
	`site` text NOT NULL,
	`counter` integer NOT NULL,
	`at` integer NOT NULL,
	`changes` integer NOT NULL,
	`outcome` text NOT NULL,
	`details` text DEFAULT '{}' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `import_range` (
	`file` integer NOT NULL,
	`chain` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer NOT NULL,
	`head` text NOT NULL,
	CONSTRAINT `import_range_pk` PRIMARY KEY(`file`, `chain`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `peer` (
	`device` text PRIMARY KEY,
	`card` text NOT NULL,
	`site_code` text NOT NULL,
	`trusted_at` integer NOT NULL,
	`received_counter` integer DEFAULT 0 NOT NULL,
	`holds` text DEFAULT '{}' NOT NULL,
	`apart` text DEFAULT '[]' NOT NULL,
	`reads_still` text,
	`clock_off` integer DEFAULT 0 NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `person_key` (
	`key` text NOT NULL,
	`n` integer NOT NULL,
	`year` integer NOT NULL,
	CONSTRAINT `person_key_pk` PRIMARY KEY(`key`, `n`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `print_log` (
	`referral_id` text PRIMARY KEY,
	`times` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `register_head` (
	`device` text NOT NULL,
	`file_id` text NOT NULL,
	`counter` integer NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`fault` text,
	CONSTRAINT `register_head_pk` PRIMARY KEY(`device`, `file_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `submission_mark` (
	`mark` text PRIMARY KEY,
	`subject` text NOT NULL,
	`sent_on` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (json_extract(line, '$.object'));--> statement-breakpoint
CREATE INDEX `audit_user` ON `audit` (json_extract(line, '$.user'));--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit` (json_extract(line, '$.action'));--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (json_extract(line, '$.at'));--> statement-breakpoint
CREATE UNIQUE INDEX `case_form_id` ON `case_form` (`id`);--> statement-breakpoint
CREATE INDEX `case_form_case` ON `case_form` (`case_id`);--> statement-breakpoint
CREATE INDEX `case_form_form` ON `case_form` (`form`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_link_id` ON `case_link` (`id`);--> statement-breakpoint
CREATE INDEX `case_link_a` ON `case_link` (`case_a`);--> statement-breakpoint
CREATE INDEX `case_link_b` ON `case_link` (`case_b`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_record_id` ON `case_record` (`id`);--> statement-breakpoint
CREATE INDEX `case_record_updated` ON `case_record` (`updated_at`);--> statement-breakpoint
CREATE INDEX `case_record_found` ON `case_record` (`n`,`updated_at`,`stream`) WHERE number <> '';--> statement-breakpoint
CREATE INDEX `case_record_number` ON `case_record` (`number`);--> statement-breakpoint
CREATE INDEX `case_record_origin` ON `case_record` (`origin_site`,`origin_id`);--> statement-breakpoint
CREATE INDEX `case_record_owed` ON `case_record` (`n`) WHERE (json_extract(answers, '$.consent_withdrawn_date') IS NOT NULL OR json_array_length(answers, '$.requests_open') > 0
  OR json_extract(answers, '$.close_supervisor') = 'pending' OR (json_extract(answers, '$.programme_category') IN ('child', 'born', 'ex_hostage')
  AND coalesce(json_extract(answers, '$.handover_civil'), 'no') <> 'yes' AND coalesce(json_extract(answers, '$.is_minor'), 'yes') <> 'no' AND status <> 'closed'));--> statement-breakpoint
CREATE INDEX `case_record_kept` ON `case_record` (json_extract(answers, '$.retention_until')) WHERE json_extract(answers, '$.retention_until') IS NOT NULL;--> statement-breakpoint
CREATE INDEX `case_record_guarded` ON `case_record` (json_extract(answers, '$.birth_date')) WHERE json_extract(answers, '$.consent_status') = 'guardian';--> statement-breakpoint
CREATE UNIQUE INDEX `chain_stream_writer` ON `chain` (`stream`,`writer`);--> statement-breakpoint
CREATE INDEX `erased_certificate` ON `erased` (`certificate`);--> statement-breakpoint
CREATE UNIQUE INDEX `form_version_id` ON `form_version` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `information_session_id` ON `information_session` (`id`);--> statement-breakpoint
CREATE INDEX `journal_row` ON `journal` (`row`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `organization_id` ON `organization` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `referral_id` ON `referral` (`id`);--> statement-breakpoint
CREATE INDEX `referral_case` ON `referral` (`case_id`);--> statement-breakpoint
CREATE INDEX `referral_code` ON `referral` (`code`);--> statement-breakpoint
CREATE INDEX `referral_updated` ON `referral` (`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `referral_due` ON `referral` (`status`,`due_on`);--> statement-breakpoint
CREATE INDEX `referral_origin` ON `referral` (`origin_site`,`origin_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `referral_step_id` ON `referral_step` (`id`);--> statement-breakpoint
CREATE INDEX `referral_step_referral` ON `referral_step` (`referral_id`);--> statement-breakpoint
CREATE INDEX `referral_step_origin` ON `referral_step` (`origin_site`,`origin_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `roster_entry_id` ON `roster_entry` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `service_id` ON `service` (`id`);--> statement-breakpoint
CREATE INDEX `service_external` ON `service` (`external_id`);--> statement-breakpoint
CREATE INDEX `service_organization` ON `service` (`organization_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `service_point_id` ON `service_point` (`id`);--> statement-breakpoint
CREATE INDEX `service_point_service` ON `service_point` (`service_id`);--> statement-breakpoint
CREATE INDEX `service_point_pcode` ON `service_point` (`pcode`);--> statement-breakpoint
CREATE UNIQUE INDEX `writer_id` ON `writer` (`id`);--> statement-breakpoint
CREATE INDEX `writer_device` ON `writer` (`device`);--> statement-breakpoint
CREATE INDEX `writer_name` ON `writer` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `app_user_login` ON `app_user` (`login`);--> statement-breakpoint
CREATE INDEX `draft_subject` ON `draft` (`subject`);--> statement-breakpoint
CREATE INDEX `file_log_file` ON `file_log` (`direction`,`file_id`);--> statement-breakpoint
CREATE INDEX `file_log_device` ON `file_log` (`device`,`id`);--> statement-breakpoint
CREATE INDEX `file_log_site` ON `file_log` (`site`,`id`);--> statement-breakpoint
CREATE INDEX `person_key_n` ON `person_key` (`n`);--> statement-breakpoint
CREATE INDEX `register_head_seq` ON `register_head` (`device`,`seq`);--> statement-breakpoint
CREATE INDEX `submission_mark_subject` ON `submission_mark` (`subject`);