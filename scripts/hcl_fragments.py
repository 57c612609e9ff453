"""Pieces of files as people write them, of all times of Terraform; see generate_public.py."""

# Pieces are apart by lines of `%%%%`; ⇥ is a tab, · a blank, ⍽ one that does not break.
FRAGMENTS = r'''
variable x {}
%%%%
variable "region" { default = "eu-central-1" }
%%%%
variable "zones" {
  type = "list"
  default = ["a", "b",
    "c"]
}
%%%%
variable "ports" {
  type    = list
  default = [ 80,443 , 8080 ]   # web
}
%%%%
variable instance_count {
  type = "string"
  default = 2
  description = "How many 🙂 we want"
}
%%%%
variable "settings" {
  type = object({
    name = string
    size = optional(number, 3)     # GiB
    labels = optional(map(string), {})
    rules = list(object({
      port = number, proto = string
    }))
  })
  default = null

  validation {
    condition = var.settings == null || can(regex("^[a-z]+$",
      var.settings.name))
    error_message = "Names are lower case."
  }
}
%%%%
provider "aws" {
  region = "${var.region}"
  version = "~> 2.0"
  alias="west"
}
%%%%
provider "google" {
  credentials = "${file("account.json")}"
  project     = "${var.project}"
  region      = "${lookup(var.regions, "${terraform.workspace}", "us")}"
}
%%%%
resource aws_instance web {
  ami = "${data.aws_ami.ubuntu.id}"
  count = "${length(var.zones)}"
  availability_zone = "${element(var.zones, count.index)}"
  instance_type = "t2.micro"
  provider = "aws.west"
  tags {
    Name = "web-${count.index + 1}"
    Role="front"
  }
}
%%%%
resource "aws_instance" "app" { # the application
  ami           = "ami-123"   # pinned
  instance_type = "t3.small" // cheap
  vpc_security_group_ids = ["${aws_security_group.a.id}",
                            "${aws_security_group.b.id}"]
  user_data = "${data.template_file.init.rendered}"
  depends_on = ["aws_eip.ip", "aws_internet_gateway.gw"]

  lifecycle { create_before_destroy = true }
  root_block_device {
    volume_size = 20
    volume_type = "gp2"
  }

  provisioner "remote-exec" {
    inline = [
      "sudo apt-get update",  # refresh
      "sudo apt-get install -y nginx"
    ]
    connection {
      type = "ssh"
      private_key = "${file("~/.ssh/id_rsa")}"
    }
  }
}
%%%%
resource "aws_security_group" "web" {
  name_prefix = "web-"
  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port = port.value
      to_port = port.value
      protocol = "tcp"
      cidr_blocks = ["0.0.0.0/0"] # the world
    }
  }
  dynamic egress {
    for_each = [for p in var.egress: p if p.enabled]
    content {
      from_port   = egress.value["from"]
      to_port = egress.value.to
        protocol  = -1
    }
  }
}
%%%%
resource "aws_iam_policy" "p" {
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Action": ["s3:*"],
      "Effect": "Allow",
      "Resource": "arn:aws:s3:::${var.bucket}/*",
      "Condition": {"StringLike": {"s3:prefix": ["$${aws:username}/*"]}}
    }
  ]
}
EOF
  name = "p"
}
%%%%
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode(
  {
    Version   = "2012-10-17"
    Statement = [{
      Action    = "sts:AssumeRole",
      Effect = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
    },
    {
      Action = [ "s3:GetObject",
                 "s3:PutObject", ]
      Resource = "*"
    }]
  })
}
%%%%
resource "aws_iam_role" "s" {
  assume_role_policy = jsonencode({ "Version": "2012-10-17", "Statement": [
      {
        "Effect": "Allow", "Action":"sts:AssumeRole"
      }
  ] })
}
%%%%
data "template_file" "init" {
  template = "${file("${path.module}/init.tpl")}"
  vars {
    address = "${aws_instance.db.private_ip}"
    port="5432"
  }
}
%%%%
data "aws_ami" "ubuntu" {
  most_recent = true

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-*-amd64-server-*"]
  }

  owners = ["099720109477"] # Canonical
}
%%%%
locals {
  common = "${map("a", "b")}"
  list   = "${list("x", "y")}"
  merged = "${merge(local.common, map("c",var.c))}"
  cond = "${var.enabled ? 1 : 0}"
  nested="${var.a == "x" ? "one" : var.a == "y" ? "two" : "three"}"
  quoted = "${var.a}-${var.b}"
  upper = "${upper("${var.a}")}"
  long = "${
    length(var.list) > 0
      ? element(concat(var.list, list("")), 0)
      : ""
  }"
}
%%%%
locals {
  name = (
    var.name != ""
    ? var.name
    : var.fallback != null
      ? var.fallback
      : "none"
  )
  enabled = (var.a &&
    var.b ||
    !var.c)
  other = var.a && (
    var.b
  || var.c )
  sum = (1 + 2
    * 3 - -4
  )
  range = [ for i in range(0,10) : i*2 if i%2==0 ]
}
%%%%
locals {
  by_name = { for s in var.servers : s.name => s }
  flat = flatten([
    for k, v in var.groups : [
      for u in v.users : {
        group = k
        user  = u      # inner
      } if u.enabled
    ]
  ])
  grouped = {
    for s in var.servers :
    s.role => s.name...
  }
  zipped = zipmap(
    [for s in var.a: s.id], [for s in var.b: s.id])
  keyed = {for k,v in var.m: upper(k)=>v}
  longer = {
    for pair in setproduct(var.a, var.b) : "${pair[0]}-${pair[1]}" => {
      a = pair[0]
      bb = pair[1]
    }
    if pair[0] != pair[1]
  }
}
%%%%
locals {
  a = 1    # one
  bbb = 2  # two
  # between
  cc = "three"     // three
  d = [
    1, 2 ] # four
  ee = {
  } # five
  ffff = { x = 1 } # six
}
%%%%
locals {
  matrix = [[1,0],[0,1]]
  objects = [{
    a = 1
  }, {
    a = 2
    bb = 3
  }]
  pairs = [
    { a = 1, bb = 2 },
    { aaa = 1 , b = 2 },
  ]
  nested = { a = { b = { c = [ { d = "e" } ] } } }
  mixed = { "a b" = 1, (var.key) = 2
    c : 3 }
  empty = [ ]
  none = { }
  call = merge({
    a = 1
  }, {
    b = 2
  })
  deep = merge(
    local.a, {
      b = 1 },
    {
      c = 2
    },
  )
}
%%%%
locals {
  script = <<-EOT
    #!/bin/bash
    set -e
    %{ for ip in var.ips ~}
    echo "${ip}"   # not a comment
    %{ endfor ~}
    %{ if var.debug }set -x%{ else }:%{ endif }
  EOT
  after = 1
}
%%%%
locals {
  tabs = <<-EOF
⇥⇥indented by tabs
⇥⇥⇥more ${var.x}
⇥EOF
  x = "y"
}
%%%%
locals {
  list = [<<EOF
one
EOF
  , <<EOF
two
EOF
  ]
  call = templatestring(<<-EOT
    hello
    EOT
  , {})
  joined = join(",", [
    "a",<<-X
      text
    X
    , "b" ])
}
%%%%
resource "null_resource" "wait" {
  triggers {
    hash = "${sha1(file("x"))}"
  }
  provisioner "local-exec" {
    command = <<EOT
      for i in $(seq 1 10); do
        curl -s "http://${self.private_ip}:8080/%7Efoo" && break || sleep 5
      done
EOT
    interpreter = ["/bin/bash","-c"]
  }
  provisioner "local-exec" { command = "echo ${self.id}" }
  provisioner "file" {
    content = "${data.template_file.init.rendered}"
    destination="/etc/x"
  }
}
%%%%
module "vpc" {
  source = "git::ssh://git@example.com/vpc.git?ref=v1.2.0"
  name = "${var.env}-vpc"
  cidr = "${cidrsubnet(var.cidr, 8, 1)}"
  azs = ["${data.aws_availability_zones.all.names}"]
  tags = "${merge(var.tags, map("Name", format("%s-vpc", var.env)))}"
}
%%%%
module consul {
  source="./modules/consul"
  providers = {
    aws = "aws.west"
    aws.peer = aws.east
  }
  servers = 3
}
%%%%
output "ip" { value = "${aws_instance.web.*.public_ip[0]}" }
%%%%
output ids {
  value = ["${aws_instance.web.*.id}"]
  description="all ids"
  sensitive = true
}
%%%%
output "url" {
  value = "http://${aws_lb.this.dns_name}:${var.port}/"
  depends_on = [
    aws_lb.this]
}
%%%%
output "splat" {
  value = aws_instance.web[*].tags.Name
}
output "legacy" {
  value = aws_instance.web.0.id
}
output "deep" {
  value = "${module.a.list[0]["key"].b}"
}
%%%%
terraform {
  required_version = ">= 0.11.0"
  backend "s3" {
    bucket = "state"
    key    = "prod/terraform.tfstate"
    encrypt=true
  }
}
%%%%
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
    random = {
      source = "hashicorp/random"
      version = ">= 3.0,< 4.0"
    }
    null = "~> 2.1"
  }
  required_version = "~>1.3"
  experiments = [ module_variable_optional_attrs ]
}
%%%%
# Section ------------------------------------------------
#########################################################

//  old style comment
/* block comment
   * with stars
   */
%%%%
#no blank
#⇥tab
# “typographic” → arrows ✓ and – dashes…
# trailing blanks   ·
%%%%
resource "aws_route53_record" "txt" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "_dmarc"
  records = ["v=DMARC1; p=none; rua=mailto:a@example.com", "${"x"}" ]
  ttl     = "300"
}
%%%%
resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = "West Europe"
  tags = {
    "環境" = "本番"    # wide
    emoji = "👩‍👩‍👧 family"  # joined
    "flag" = "🇩🇪"    # two signs
    accent = "é"      # one
    combining = "é"  # two
  }
}
%%%%
resource "azurerm_virtual_machine" "vm" {
  name                  = "vm"
  network_interface_ids = ["${azurerm_network_interface.nic.id}"]

  os_profile_linux_config {
    disable_password_authentication = true
    ssh_keys = [{
      path     = "/home/${var.user}/.ssh/authorized_keys"
      key_data = "${file("~/.ssh/id_rsa.pub")}"
    }]
  }

  storage_os_disk {
    name              = "disk-${count.index}"
    caching           = "ReadWrite"
      create_option     = "FromImage"
  managed_disk_type = "Standard_LRS"
  }
}
%%%%
resource "google_compute_firewall" "fw" {
  allow { protocol = "icmp" }
  allow {
    protocol = "tcp"
    ports = ["80",
      "8080" , "1000-2000"
    ]
  }
  source_tags = ["web"]
}
%%%%
resource "kubernetes_deployment" "d" {
  metadata { name = "d" }
  spec {
    replicas = var.replicas>0?var.replicas:1
    template {
      spec {
        container {
          image = "nginx:1.7.8"
          env {
            name = "A"
            value = "b" # c
          }
          resources {
            limits = { cpu = "0.5", memory = "512Mi" }
          }
          args = ["--flag=${var.flag}", "-v", # verbose
            "--other"]
        }
      }
    }
  }
}
%%%%
resource "digitalocean_droplet" "web" {
  image  = "ubuntu-18-04-x64"
  name   = "web-1"
  region = "nyc2"
  size   = "s-1vcpu-1gb"
  ssh_keys = [ "${split(",", var.keys)}" ]
  user_data = templatefile("${path.module}/user.yml", { name = "x",
    port = 80 })
}
%%%%
resource "aws_autoscaling_group" "asg2" {
  tags = [
    {
      key                 = "Name"
      value               = "x"
      propagate_at_launch = true
    },
    "${var.extra}",
  ]
  tag = concat([
    { key = "a" }],
    var.more)
}
%%%%
resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "cpu"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = "2"
  threshold           = 80

  dimensions {
    AutoScalingGroupName = "${aws_autoscaling_group.bar.name}"
  }

  alarm_description   = "This metric monitors cpu"
  alarm_actions       = ["${aws_autoscaling_policy.bat.arn}"]
}
%%%%
resource "aws_s3_bucket" "b" {
  bucket = "b"
  acl    = "private"
  versioning { enabled = true }
  lifecycle_rule {
    enabled = true
    transition {
      days = 30
      storage_class = "STANDARD_IA"
    }
  }
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Resource\":\"${local.arn}\"}]}"
}
%%%%
check "health" {
  data "http" "site" { url = "https://example.com" }
  assert {
    condition = data.http.site.status_code==200
    error_message = "${data.http.site.url} returned an unhealthy status"
  }
}
%%%%
moved {
  from = aws_instance.a
  to = aws_instance.b[0]
}
import {
  to = aws_instance.c["x"]
  id="i-123"
}
removed {·
  from = aws_instance.d
  lifecycle { destroy = false }
}
%%%%
region="us-east-1"
azs = [ "a","b" ]
map = { a="b", c = "d" }
text = <<EOF
hello
EOF
%%%%
zone       = "eu"   # one
zone_b= "eu-a"# two
# three
count =3
list = [
"a",
    "b"   ,
  # c
  "d"
  ]
%%%%
locals {
  # comment
··
  x = 1
·
⇥
  y = 2


}
%%%%
locals {
⇥a⇥=⇥1⇥# tab
⇥bb⇥=⇥"two"⇥# tabs
⇥c = [
⇥⇥1,
⇥⇥2,⇥# c
⇥]
}
%%%%
locals {
  a = var.list[0]
  b = var.map["key"]
  c = var.list [ 1 ]
  d = var.list[ length(var.list)-1 ]
  e = var.a.b.c[count.index].d
  f = var.list.*.id
  g = "${var.list[count.index % length(var.list)]}"
  h = ! var.x
  i = -var.y
  j = var.x==true?"a":"b"
  k = var.x!=null&&var.y<=3||!(var.z>=2)
  l = 10/2*3%4
  m = 1 +-2
  n = f( )
  o = f(1,2,)
  p = f(var.list...)
  q = try(var.a.b,null)
  r = [for k, v in var.m: "${k}=${v}"]
  s = "a" == "${var.b}" ? [] : tolist([])
  t = { "${var.k}" = var.v }
  u = provider::aws::arn_parse(var.arn).region
}
%%%%
locals { a = 1 }
locals {
  b = <<EOF
EOF
}
%%%%
locals {
  json = jsonencode({
    "a": [1,2,
      3]
    "b": {"c": null}, "d": true
    })
  yaml = yamlencode({ a = 1,
      b = [ "x" ] })
}
%%%%
resource "a" "b" {

  # leading comment


  x = 1
  # trailing comment
}

# after
%%%%
resource "a" "b" {}   # nothing
resource "a" "c" { } // nothing
%%%%
resource "a" "d" {
}
resource "a" "e" {

}
%%%%
resource "a" "f" {
  count = "${var.create && var.name != "" ? 1 : 0}"
  name  = "${format("%s-%02d", var.name, count.index+1)}"
  path = "C:\\Users\\x"
  regex = "^\\d+(\\.\\d+)*$"
  dollar = "$${not} $5 %{ if true }x%{ endif } 100% %%{y}"
  newline = "a\nb\tc"
  unicode = "\u00e9 \U0001F600"
}
%%%%
resource "a" "g" {
  x = [
    for s in var.list :
    s
    if s != ""
  ]
  y = [for s in var.list :
    lower(s)]
  z = {for s in var.list : s => {
    a = 1
    bb = 2
  }}
  w = [
    for a in var.x : {
      b = a
      cc = [for d in a : d]
    }
  ]
}
%%%%
resource "a" "h" {
  x = var.a ? {
    b = 1
    cc = 2
  } : {}
  y = var.a ? [
    1
  ] : [
    2
  ]
  z = var.b == "x" ? (
    1
  ) : (
    2
  )
  w = var.a ? f(
    1,
    2) : null
}
%%%%
resource "a" "i" {
  x = f(g(h(1)), {
    a = 1,
  }, [
    2
  ])
  y = lookup(
    var.a,
    "b", # key
    "c"  # default
  )
  z = coalesce(var.a,
    var.b,
    var.c
  )
  v = cidrsubnets("10.0.0.0/8",
                  4, 4,
                  8)
}
%%%%
resource "a" "j" {
  x = 1 /* one */
  yy = /* two */ 2
  z /* three */ = 3
  w = [ /* none */ ]
  v = f(/* a */ 1, /* b */ 2) /* c */ # d
}
%%%%
resource "a" "k" {
  x = "a"
  /*
  y = "b"
  zzz = "c"
  */
  w = "d"
    /* indented
  block */
  vvv = "e"
}
%%%%
resource "a" "l" {
  x = "a"
  #y = "b"
    # z
# w
  #
  v = 1
}
%%%%
resource "a" "m" {
  rule = [
    { # first
      a = 1
    },
    { a = 2 }, # second
    # third
    {
      a = 3 # c
      bb = 4 # dd
    } # fourth
  ]
  empty = [
  ]
  open = [   # comment
    1,
  ]
  brace = {   # comment
    a = 1
  }
  paren = (   # comment
    1
  )
}
%%%%
resource "a" "n" {
  x = <<EOF
a
EOF

  y = <<EOF
b
EOF
  long_name = 1
  z = <<EOF
c
EOF
}
%%%%
resource "a" "o" {
  x = "${<<EOF
a
EOF
}"
  y = "${join("", list(<<EOF
b
EOF
))}"
}
%%%%
resource "a" "p" {
  x = "${path.module}/a"
  y = "${
    var.y}"
  z = "${var.z
    }"
  w = "${var.a}${var.b}"
  v = "${ var.v }"
  u = "${"${var.u}"}"
  t = "${"a"}"
  s = "${1}"
  r = "${(var.r)}"
  q = "${!var.q}"
  p = "${-var.p}"
  o = "${[var.o]}"
  n = "${{ a = var.n }}"
  m = "${var.m}" # c
  l = "x ${var.l}"
  k = ["${var.k}"]
  j = { a = "${var.j}" }
  i = f("${var.i}")
  h = "${var.h ? "${var.a}" : "b"}"
  g = "${f("a ${var.g} b")}"
}
%%%%
locals {
  note = "a⍽b​c"   # a blank that doesn't break and one without width
  zz = 1 # end
}
%%%%
locals {
  jalapeño = "ñ"
  größe = 3
  名前 = "x"
}
%%%%
resource "x" "y" {
  a = 1
    b {
      c = 2
      }
        d {
    e = 3
  }
}
%%%%
resource "test" "deep" {
  l1 {
    l2 {
      l3 {
        l4 = [{ l5 = { l6 = [[[
          1
        ]]] } }]
      }
    }
  }
}
%%%%
run "first" {
  command = plan
  variables { a = "b" }
  assert {
    condition     = output.x == "y"
    error_message = "no"
  }
}
%%%%
resource "a" "z" {
  for_each = toset( ["a","b"] )
  name = each.key
  x = each.value.a
  triggers = {
    always = timestamp()
    "a.b/c" = "d"
    1 = 2
    true = false
  }
  timeouts { create = "60m" }
}
%%%%
resource "a" "aa" {
  lifecycle {
    ignore_changes = ["tags", "user_data"]
    prevent_destroy=true
    precondition {
      condition = self.x
      error_message = <<-EOT
        Not
        good.
      EOT
    }
  }
}
%%%%
resource "a" "ab" {
  cmd = "docker run -e X=$${X} -p 80:80 %{ if var.d ~} -d %{~ endif } nginx"
  awk = "awk '{print $1}' | sed 's/${var.a}/${var.b}/g'"
  bash = "if [ \"$${A}\" == \"\" ]; then exit 1; fi"
  crlf = "a\r\nb"
}
'''

# What Terraform of today rejects: other languages, old leniency, slips.
BROKEN = r'''
variable "tags" {
  description = "Tags of everything"
  type="map"
  default     {
    Owner = "ops"
    "Cost Center" = "42"
  }
}
%%%%
resource "aws_security_group" "sg" {
  name="sg"
  ingress { from_port = 22 }
  ingress {
    from_port = 80, to_port = 80
  }
}
%%%%
data aws_ami ubuntu {
  most_recent = true
  filter { name = "name"
    values = ["ubuntu/images/*"]
  }
}
%%%%
data "aws_iam_policy_document" "doc" {
  statement {
    actions = ["s3:ListBucket",]
    resources = [
      "arn:aws:s3:::${var.name}",
      "arn:aws:s3:::${var.name}/*",   # objects

      # the other one
      "arn:aws:s3:::other"   # trailing
      # the end
    ]
    principals {
      type = "AWS"
      identifiers = ["*"] }
  }
}
%%%%
resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.main.zone_id
  name = "www"  ; type = "A"
}
%%%%
resource "azurerm_key_vault" "kv" {
  network_acls { default_action = "Deny", bypass = "AzureServices" }
}
%%%%
resource "google_compute_instance" "vm" {
  name = "vm"
  boot_disk { initialize_params { image = "debian-9" } }
  network_interface {
    network = "default"
    access_config {}
  }
  metadata = { foo = "bar" }
  metadata_startup_script = "echo hi > /test.txt"
  service_account { scopes = ["userinfo-email", "compute-ro"] }
}
%%%%
resource "helm_release" "h" {
  set {·
    name = "a"
    value = "b"
  }
  set_sensitive {
    name  = "controller.adminPassword"
    value = "${random_password.p.result}" }
  values = [<<EOF
ingress:
  enabled: true
  hosts: ["${var.host}"]
EOF
  ]
}
%%%%
resource "aws_lambda_function" "g" {
  function_name    = "${var.prefix}-g"
  source_code_hash = "${filebase64sha256("g.zip")}"
  environment {
    variables = {
      TABLE = "${aws_dynamodb_table.t.name}"
      "LOG_LEVEL"="debug"
    }
  }
  vpc_config { subnet_ids = ["${var.subnets}"]
    security_group_ids = ["${var.sg}"] }
}
%%%%
resource "aws_autoscaling_group" "asg" {
  min_size = 1
  tag { key = "Name", value = "x", propagate_at_launch = true }
}
%%%%
resource "a" "b"
{
  x = 1
}
%%%%
resource "a" "b" {
  x = 1 }
%%%%
resource "a" "b" { x = 1
}
%%%%
resource "a" "q" {
  x = "a
  b"
}
%%%%
resource "a" "r" {
  x = 'single'
}
%%%%
resource "a" "s" {
  x = [1, 2
  y = 3
}
%%%%
resource "a" "t" {
  a = 1 b = 2
}
%%%%
resource "a" "u" {
  "quoted" = 1
}
%%%%
resource "a" "v" {
  x : 1
}
%%%%
resource "a" "w" {
  x = ${var.x}
}
%%%%
resource "a" "x" {
  x = "${var.x"
}
%%%%
{
  "resource": {"a": {"b": {}}}
}
%%%%
<<<<<<< HEAD
locals { a = 1 }
=======
locals { a = 2 }
>>>>>>> branch
%%%%
{{- if .Values.x }}
locals { a = "{{ .Values.a }}" }
{{- end }}
%%%%
locals {
  a = 1,
  b = 2
}
%%%%
locals {
  a = {
    b = 1;
  }
}
%%%%
locals {
  a = "b" "c"
}
%%%%
locals {
  name = "x"⍽
⍽y = 2
}
%%%%
variable "a" { type = "string", default = "x" }
%%%%
variable "a" {
  type = string
  default = "x"
  validation { condition = length(var.a) > 0
  error_message = "empty" }
}
%%%%
resource "aws_eip" "e" { vpc = true count = 2 }
'''

MARKS = str.maketrans({"⇥": "\t", "·": " ", "⍽": "\u00a0"})


def pieces(text):
    return [piece.strip("\n").translate(MARKS) + "\n" for piece in text.split("\n%%%%\n")]


PIECES = pieces(FRAGMENTS)
BROKEN_PIECES = pieces(BROKEN)
