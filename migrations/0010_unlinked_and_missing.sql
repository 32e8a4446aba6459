CREATE TABLE `unlinked` (
	`account` text NOT NULL,
	`slack_user` text NOT NULL,
	PRIMARY KEY(`account`, `slack_user`)
);
--> statement-breakpoint
ALTER TABLE `provider_users` ADD `missing_since` integer;