CREATE TABLE `directory_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`run` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `links` ADD `since` integer;--> statement-breakpoint
ALTER TABLE `links` ADD `how` text;--> statement-breakpoint
ALTER TABLE `profiles` ADD `deactivated` integer DEFAULT false NOT NULL;