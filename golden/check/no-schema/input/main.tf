terraform {
  required_providers {
    other = {
      source = "somebody/other"
    }
  }
}

resource "other_thing" "a" {
  anything = 1
}

resource "otter_thing" "b" {}

resource "aws_instance" "c" {
  made_up = true
}
