DROP INDEX `chats_owned`;--> statement-breakpoint
ALTER TABLE `chats` ADD `unanswered_since` integer;--> statement-breakpoint
UPDATE `chats` SET `unanswered_since` = `messages` ->> '$.unanswered[0]' WHERE `messages` IS NOT NULL;--> statement-breakpoint
CREATE INDEX `chats_owned` ON `chats` (`account`,`owner`,`unanswered_since`) WHERE owner IS NOT NULL;