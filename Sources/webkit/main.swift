import CommandLineTool

runProcess()
