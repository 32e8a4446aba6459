CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`poll` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cards` (
	`chat` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`shows` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chats` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`key` text NOT NULL,
	`name` text,
	`phone` text,
	`search_text` text NOT NULL,
	`status` text NOT NULL,
	`owner` text,
	`owner_since` integer,
	`owner_via` text NOT NULL,
	`holder` text,
	`pending` text,
	`problem` text,
	`version` integer NOT NULL,
	`waiting_since` integer,
	`last_message_at` integer,
	`written_in_poll` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chats_key` ON `chats` (`key`,`account`);--> statement-breakpoint
CREATE INDEX `chats_phone` ON `chats` (`phone`) WHERE phone IS NOT NULL;--> statement-breakpoint
CREATE INDEX `chats_open` ON `chats` (`account`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `chats_waiting` ON `chats` (`waiting_since`) WHERE waiting_since IS NOT NULL;--> statement-breakpoint
CREATE INDEX `chats_owned` ON `chats` (`account`,`owner`) WHERE owner IS NOT NULL;--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`account` text NOT NULL,
	`chat` text,
	`actor` text,
	`via` text NOT NULL,
	`facts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_chat` ON `events` (`chat`,`id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`pool` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`asked` integer DEFAULT 1 NOT NULL,
	`asked_at_take` integer DEFAULT 0 NOT NULL,
	`lease` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_key` ON `jobs` (`key`);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`pool`,`run_at`) WHERE run_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_leased` ON `jobs` (`pool`,`lease_until`) WHERE lease_until IS NOT NULL;--> statement-breakpoint
CREATE TABLE `links` (
	`account` text NOT NULL,
	`slack_user` text NOT NULL,
	`provider_user` text NOT NULL,
	PRIMARY KEY(`account`, `slack_user`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_provider_user` ON `links` (`account`,`provider_user`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`user` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`workspace_admin` integer NOT NULL,
	`eligible` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `provider_users` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`active` integer NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
