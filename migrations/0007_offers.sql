CREATE TABLE `away` (
	`user` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE TABLE `offer_messages` (
	`offer` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `chats` ADD `offer` text;--> statement-breakpoint
CREATE INDEX `chats_offered` ON `chats` (offer ->> 'to') WHERE offer IS NOT NULL;